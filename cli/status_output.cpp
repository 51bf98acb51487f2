#include "status_output.h"

#include "base/file.h"
#include "elic/trust/trust_import.h"

namespace elic::cli {

Result<StatusPlace> put_status_file(const SignedPublication& published, const std::filesystem::path& out) {
    if (file_exists(out / "current") || file_exists(out / "versions")) {
        auto imported = import_into_trust_folder({{published.name, published.file}}, out);
        if (!imported) return tl::unexpected(imported.error());
        return StatusPlace{.path = out.string(), .imported = true};
    }
    if (auto made = make_folders(out); !made) return tl::unexpected(made.error());
    const auto file = out / published.name;
    if (auto written = create_file_durably(file, published.file); !written) return tl::unexpected(written.error());
    return StatusPlace{.path = file.string(), .imported = false};
}

}  // namespace elic::cli

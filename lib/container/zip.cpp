#include "container/zip.h"

#include <zlib.h>

#include "base/text.h"
#include "container/zip_directory.h"

namespace elic {

namespace {

/// Raw deflate into exactly `size` bytes, using exactly all of `packed`.
bool inflate_whole(BytesView packed, Bytes& out) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    std::uint8_t none = 0;  // zlib wants a place to write to even when there is nothing
    stream.next_in = const_cast<std::uint8_t*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = out.empty() ? &none : out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const bool ended = inflate(&stream, Z_FINISH) == Z_STREAM_END;
    const bool whole = ended && stream.avail_in == 0 && stream.avail_out == 0;
    inflateEnd(&stream);
    return whole;
}

std::uint32_t crc_of(BytesView bytes) {
    return static_cast<std::uint32_t>(crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
}

Result<Part> unpack(BytesView file, const ZipEntry& entry) {
    const auto name = "'" + escape_for_output(entry.path) + "'";
    const auto packed = file.subspan(entry.data, entry.packed);
    Part part{.path = entry.path, .content = {}};
    if (entry.method == 0) {
        part.content.assign(packed.begin(), packed.end());
    } else {
        // Deflate cannot make more of so little: no room is taken for what cannot be true.
        if (entry.size / 1040 > entry.packed) return fail(Errc::malformed_archive, name + ": its size is not true");
        part.content.resize(entry.size);
        if (!inflate_whole(packed, part.content)) return fail(Errc::malformed_archive, name + ": does not unpack");
    }
    if (crc_of(part.content) != entry.crc) return fail(Errc::malformed_archive, name + ": its checksum is wrong");
    return part;
}

}  // namespace

Result<Archive> read_zip(BytesView file, const ZipLimits& limits) {
    auto directory = read_zip_directory(file, limits);
    if (!directory) return tl::unexpected<Error>(directory.error());
    if (auto checked = check_local_headers(file, *directory); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    Archive archive;
    archive.warnings = std::move(directory->warnings);
    for (const auto& entry : directory->entries) {
        if (entry.folder) continue;
        auto part = unpack(file, entry);
        if (!part) return tl::unexpected<Error>(part.error());
        archive.parts.push_back(std::move(*part));
    }
    return archive;
}

}  // namespace elic

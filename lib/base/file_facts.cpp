#include <algorithm>
#include <array>
#include <cstdint>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/file.h"

namespace elic {
namespace {

// statfs(2), f_type: file systems that other machines write too, or whose locks a program outside the kernel
// answers for.
constexpr std::array<std::uint32_t, 19> network_magics{
    0x00006969,  // NFS
    0x0000517B,  // SMB
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB2
    0x01021997,  // 9p
    0x65735546,  // FUSE
    0x5346414F,  // AFS
    0x6B414653,  // AFS of the kernel
    0x73757245,  // CODA
    0x0000564C,  // NCP
    0x00C36400,  // Ceph
    0x0BD00BD0,  // Lustre
    0x01161970,  // GFS2
    0x7461636F,  // OCFS2
    0x47504653,  // GPFS
    0x19830326,  // BeeGFS
    0xAAD7AAEA,  // PanFS
    0x786F4256,  // a virtual machine's shared folder (VirtualBox)
    0xBACBACBC,  // a virtual machine's shared folder (VMware)
};

}  // namespace

bool on_network_file_system(const std::filesystem::path& path) {
    std::error_code code;
    std::filesystem::path place = std::filesystem::absolute(path.empty() ? "." : path, code);
    if (code) place = path;
    for (;;) {
        struct statfs facts {};
        if (::statfs(place.c_str(), &facts) == 0) {
            const auto magic = static_cast<std::uint32_t>(facts.f_type);
            return std::find(network_magics.begin(), network_magics.end(), magic) != network_magics.end();
        }
        const auto parent = place.parent_path();
        if (parent.empty() || parent == place) return false;
        place = parent;
    }
}

bool file_exists(const std::filesystem::path& path) {
    std::error_code code;
    return std::filesystem::exists(path, code) && !code;
}

bool readable_by_others(const std::filesystem::path& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) != 0;
}

}  // namespace elic

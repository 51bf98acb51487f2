#include "container/packing/write_zip.h"

#include <algorithm>
#include <libdeflate.h>
#include <memory>
#include <string>
#include <vector>

#include "container/zip_name.h"
#include "elic/base/assert.h"

namespace elic {

namespace {

// A document packs in less than half the time of zlib's default and comes out some 500 bytes smaller. 8 takes half as
// long again for 100 to 170 bytes, 10 four times as long for 1,100 to 1,300.
constexpr int level = 7;

/// Packs one part after the other.
class Deflater {
public:
    Deflater() : compressor_(libdeflate_alloc_compressor(level)) { ELIC_ASSERT(compressor_ != nullptr); }

    /// Raw deflate. Valid until the next call.
    BytesView pack(BytesView bytes) {
        room_.resize(std::max(room_.size(), libdeflate_deflate_compress_bound(compressor_.get(), bytes.size())));
        const auto length =
            libdeflate_deflate_compress(compressor_.get(), bytes.data(), bytes.size(), room_.data(), room_.size());
        ELIC_ASSERT(length != 0);
        return BytesView(room_).first(length);
    }

private:
    struct Free {
        void operator()(libdeflate_compressor* compressor) const noexcept { libdeflate_free_compressor(compressor); }
    };
    std::unique_ptr<libdeflate_compressor, Free> compressor_;
    Bytes room_;
};

/// What the local header and the directory say alike of an entry.
struct EntryFacts {
    const Part& part;
    bool stored = false;
    std::uint32_t crc = 0;
    std::size_t packed = 0;
};

class ZipWriter {
public:
    void add(const Part& part) {
        const auto packed = deflater_.pack(part.content);
        const bool stored = packed.size() >= part.content.size();
        const BytesView data = stored ? BytesView(part.content) : packed;
        const EntryFacts facts{.part = part,
                               .stored = stored,
                               .crc = libdeflate_crc32(0, part.content.data(), part.content.size()),
                               .packed = data.size()};
        const auto header = out_.size();
        u32(out_, 0x04034b50);
        common(out_, facts);
        u16(out_, 0);  // extra
        append(out_, as_bytes(part.path));
        append(out_, data);

        u32(directory_, 0x02014b50);
        u16(directory_, 20);  // made by 2.0, on no system in particular
        common(directory_, facts);
        u16(directory_, 0);  // extra
        u16(directory_, 0);  // comment
        u16(directory_, 0);  // volume
        u16(directory_, 0);
        u32(directory_, 0);
        u32(directory_, static_cast<std::uint32_t>(header));
        append(directory_, as_bytes(part.path));
        ++entries_;
    }

    Bytes finish() && {
        const auto begin = out_.size();
        append(out_, directory_);
        u32(out_, 0x06054b50);
        u32(out_, 0);  // volumes
        u16(out_, entries_);
        u16(out_, entries_);
        u32(out_, static_cast<std::uint32_t>(directory_.size()));
        u32(out_, static_cast<std::uint32_t>(begin));
        u16(out_, 0);
        return std::move(out_);
    }

private:
    static void u16(Bytes& to, std::size_t value) {
        to.push_back(static_cast<std::uint8_t>(value));
        to.push_back(static_cast<std::uint8_t>(value >> 8));
    }
    static void u32(Bytes& to, std::uint32_t value) {
        u16(to, value & 0xFFFF);
        u16(to, value >> 16);
    }
    static void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

    static void common(Bytes& to, const EntryFacts& entry) {
        bool ascii = true;
        for (const char c : entry.part.path) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
        u16(to, 20);                    // needs 2.0
        u16(to, ascii ? 0 : 1U << 11);  // UTF-8 names
        u16(to, entry.stored ? 0 : 8);
        u16(to, 0);                           // 00:00
        u16(to, (0U << 9) | (1U << 5) | 1U);  // 1980-01-01
        u32(to, entry.crc);
        u32(to, static_cast<std::uint32_t>(entry.packed));
        u32(to, static_cast<std::uint32_t>(entry.part.content.size()));
        u16(to, entry.part.path.size());
    }

    Deflater deflater_;
    Bytes out_;
    Bytes directory_;
    std::size_t entries_ = 0;
};

}  // namespace

Bytes write_zip(std::span<const Part> parts) {
    ZipWriter writer;
    for (const auto& part : parts) {
        ZipEntry entry{.path = {}, .name = part.path};
        std::vector<std::string> warnings;
        const auto named = read_zip_name(entry, {}, warnings);
        ELIC_ASSERT(named && warnings.empty() && !entry.folder);
        writer.add(part);
    }
    return std::move(writer).finish();
}

}  // namespace elic

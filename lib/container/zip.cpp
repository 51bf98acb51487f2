#include "container/zip.h"

#include <zlib.h>

#include "base/text.h"
#include "container/zip_directory.h"
#include "container/zip_name.h"
#include "elic/base/assert.h"

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

Bytes deflate_whole(BytesView bytes) {
    z_stream stream{};
    const bool ready =
        deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK;
    ELIC_ASSERT(ready);
    Bytes packed(deflateBound(&stream, static_cast<uLong>(bytes.size())));
    stream.next_in = const_cast<std::uint8_t*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    const bool ended = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&stream);
    ELIC_ASSERT(ended);
    packed.resize(stream.total_out);
    return packed;
}

class ZipWriter {
public:
    void add(const Part& part) {
        auto packed = deflate_whole(part.content);
        const bool stored = packed.size() >= part.content.size();
        const BytesView data = stored ? BytesView(part.content) : BytesView(packed);
        const auto header = out_.size();
        u32(out_, 0x04034b50);
        common(out_, part, stored, data.size());
        u16(out_, 0);  // extra
        append(out_, as_bytes(part.path));
        append(out_, data);

        u32(directory_, 0x02014b50);
        u16(directory_, 20);  // made by 2.0, on no system in particular
        common(directory_, part, stored, data.size());
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

    /// What the local header and the directory say alike.
    static void common(Bytes& to, const Part& part, bool stored, std::size_t packed) {
        bool ascii = true;
        for (const char c : part.path) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
        u16(to, 20);                    // needs 2.0
        u16(to, ascii ? 0 : 1U << 11);  // UTF-8 names
        u16(to, stored ? 0 : 8);
        u16(to, 0);                           // 00:00
        u16(to, (0U << 9) | (1U << 5) | 1U);  // 1980-01-01
        u32(to, crc_of(part.content));
        u32(to, static_cast<std::uint32_t>(packed));
        u32(to, static_cast<std::uint32_t>(part.content.size()));
        u16(to, part.path.size());
    }

    Bytes out_;
    Bytes directory_;
    std::size_t entries_ = 0;
};

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

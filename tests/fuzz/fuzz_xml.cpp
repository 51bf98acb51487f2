#include "container/xml.h"
#include "elic/base/assert.h"

namespace {

void write(elic::XmlWriter& writer, const elic::XmlNode& node) {
    writer.open("n").attribute("name", node.name()).text(node.text());
    for (const auto& child : node.children()) write(writer, child);
    writer.close();
}

}  // namespace

// What parses keeps to the depth, and every text and name in it can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto xml = elic::XmlDocument::parse({bytes, size});
    if (!xml) return 0;
    elic::XmlWriter writer;
    write(writer, xml->root());
    const auto again = elic::XmlDocument::parse(std::move(writer).finish());
    ELIC_ASSERT(again && again->root().trimmed_text() == xml->root().trimmed_text());
    ELIC_ASSERT(again->root().attribute("name") == xml->root().name());
    return 0;
}

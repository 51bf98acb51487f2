#pragma once

#include <string>
#include <vector>

#include "elic/base/part.h"
#include "elic/crypto/sm3.h"

namespace elic::test {

inline Part part(std::string path, std::string_view text) {
    return {.path = std::move(path), .content = {as_bytes(text).begin(), as_bytes(text).end()}};
}

/// A document that uses what the reader follows: template, resources, annotation, attachment, tags, custom data.
inline std::vector<Part> small_ofd() {
    return {
        part(
            "OFD.xml",
            R"(<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>)"
            R"(<ofd:DocID>0123</ofd:DocID><ofd:Title>证照</ofd:Title><ofd:CustomDatas><ofd:CustomData Name="ZZBH">例1</ofd:CustomData>)"
            R"(<ofd:CustomData Name="CZZT"> 张样例 </ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>)"
            R"(<ofd:DocRoot>Main/Doc.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>)"),
        part(
            "Main/Doc.xml",
            R"(<Document><CommonData><MaxUnitID>99</MaxUnitID><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>)"
            R"(<PublicRes>Res.xml</PublicRes><TemplatePage ID="2" BaseLoc="Tpl/T.xml"/></CommonData>)"
            R"(<Pages><Page ID="1" BaseLoc="Pages/P.xml"/></Pages><Annotations>Annots.xml</Annotations>)"
            R"(<CustomTags>Tags/Tags.xml</CustomTags><Attachments>/Main/Attachs.xml</Attachments></Document>)"),
        part(
            "Main/Res.xml",
            R"(<Res BaseLoc="Files"><Fonts><Font ID="3" FontName="f"><FontFile>f.ttf</FontFile></Font></Fonts>)"
            R"(<MultiMedias><MultiMedia ID="4" Type="Image"><MediaFile>code.png</MediaFile></MultiMedia></MultiMedias>)"
            R"(<CompositeGraphicUnits><CompositeGraphicUnit ID="5"><Content><TextObject ID="50"><TextCode>within</TextCode></TextObject></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>)"),
        part("Main/Files/f.ttf", "font"),
        part("Main/Files/code.png", "picture"),
        part(
            "Main/Tpl/T.xml",
            R"(<Page><Content><Layer ID="6"><TextObject ID="7" Boundary="1 2 3 4"><TextCode>许可证</TextCode></TextObject></Layer></Content></Page>)"),
        part(
            "Main/Pages/P.xml",
            R"(<Page><Template TemplateID="2"/><Content><Layer ID="8"><TextObject ID="9" Boundary="10 20 30.5 4"><TextCode>例</TextCode><TextCode>1</TextCode></TextObject>)"
            R"(<PageBlock ID="10"><TextObject ID="11"><TextCode>张样例</TextCode></TextObject></PageBlock>)"
            R"(<TextObject ID="12" Visible="false"><TextCode>hidden</TextCode></TextObject><TextObject ID="13" Fill="false"><TextCode>outline</TextCode></TextObject>)"
            R"(<TextObject ID="14" Alpha="0"><TextCode>clear</TextCode></TextObject><CompositeObject ID="15" ResourceID="5"/>)"
            R"(<ImageObject ID="16" ResourceID="4" Boundary="1 1 30 30"/></Layer></Content></Page>)"),
        part("Main/Annots.xml", R"(<Annotations><Page PageID="1"><FileLoc>Annot.xml</FileLoc></Page></Annotations>)"),
        part(
            "Main/Annot.xml",
            R"(<PageAnnot><Annot ID="17"><Appearance><TextObject ID="18"><TextCode>stamp</TextCode></TextObject></Appearance></Annot></PageAnnot>)"),
        part("Main/Tags/Tags.xml",
             R"(<CustomTags><CustomTag NameSpace="x"><FileLoc>Tag.xml</FileLoc></CustomTag></CustomTags>)"),
        part(
            "Main/Tags/Tag.xml",
            R"(<license><ZZBH><ObjectRef PageRef="1">9</ObjectRef></ZZBH><CZZT><ObjectRef PageRef="1">11</ObjectRef></CZZT>)"
            R"(<gone><ObjectRef PageRef="1">404</ObjectRef></gone><unseen><ObjectRef PageRef="1">12</ObjectRef></unseen></license>)"),
        part("Main/Attachs.xml",
             R"(<Attachments><Attachment ID="a1" Name="data"><FileLoc>data.xml</FileLoc></Attachment></Attachments>)"),
        part("Main/data.xml", "<data/>"),
    };
}

inline std::string base64(BytesView bytes) {
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t bits = 0;
        const auto count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t n = 0; n < 3; ++n) bits = (bits << 8) | (n < count ? bytes[at + n] : 0U);
        for (std::size_t n = 0; n < 4; ++n) text += n <= count ? alphabet[(bits >> (18 - 6 * n)) & 63] : '=';
    }
    return text;
}

/// Adds a signature that names every part there is; its signed value is `value`.
inline std::vector<Part> with_signature(std::vector<Part> parts, std::string_view value = "signed value",
                                        const std::string& method = "1.2.156.10197.1.401") {
    auto& entry = parts.front().content;
    std::string text(as_text(entry));
    text.insert(text.find("</ofd:DocBody>"), "<ofd:Signatures>/Main/Signs/S.xml</ofd:Signatures>");
    entry.assign(text.begin(), text.end());
    std::string xml =
        R"(<Signature><SignedInfo><Provider ProviderName="test"/><SignatureMethod>1.2.156.10197.1.501</SignatureMethod>)"
        R"(<SignatureDateTime>20261126</SignatureDateTime><References CheckMethod=")" +
        method + "\">";
    for (const auto& each : parts) {
        xml += "<Reference FileRef=\"/" + each.path + "\"><CheckValue>" + base64(sm3(each.content)) +
               "</CheckValue></Reference>";
    }
    xml +=
        R"(</References><StampAnnot ID="s2" PageRef="1" Boundary="120 200 42 42"/></SignedInfo><SignedValue>V.dat</SignedValue></Signature>)";
    parts.push_back(part("Main/Signs/S.xml",
                         R"(<Signatures><Signature ID="s1" Type="Seal" BaseLoc="One/Signature.xml"/></Signatures>)"));
    parts.push_back(part("Main/Signs/One/Signature.xml", xml));
    parts.push_back(part("Main/Signs/One/V.dat", value));
    return parts;
}

}  // namespace elic::test

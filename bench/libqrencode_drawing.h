#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <qrencode.h>
#include <string>

#include "elic/base/modules.h"

namespace elic {

/// Digits as libqrencode draws them, level M.
inline Modules libqrencode_drawing(const std::string& digits) {
    const std::unique_ptr<QRinput, void (*)(QRinput*)> input(QRinput_new2(0, QR_ECLEVEL_M), QRinput_free);
    if (QRinput_append(input.get(), QR_MODE_NUM, static_cast<int>(digits.size()),
                       reinterpret_cast<const unsigned char*>(digits.data())) != 0) {
        std::abort();
    }
    const std::unique_ptr<QRcode, void (*)(QRcode*)> symbol(QRcode_encodeInput(input.get()), QRcode_free);
    if (symbol == nullptr) std::abort();
    Modules modules{.size = static_cast<std::size_t>(symbol->width), .version = symbol->version, .dark = {}};
    modules.dark.resize(modules.size * modules.size);
    std::transform(symbol->data, symbol->data + modules.dark.size(), modules.dark.begin(),
                   [](unsigned char module) { return static_cast<std::uint8_t>(module & 1U); });
    return modules;
}

}  // namespace elic

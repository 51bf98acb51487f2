// What drawing and scanning a typical code costs: 400 digits, level M. Medians of wall time.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "elic/picture/picture.h"
#include "elic/qr/draw.h"
#include "elic/qr/scan.h"
#include "libqrencode_drawing.h"

namespace {

double median_microseconds(int runs, const std::function<std::size_t()>& work) {
    std::vector<double> times;
    std::size_t sum = 0;  // used below, so that no compiler leaves the work out
    for (int run = 0; run < runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        sum += work();
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    if (sum == 0) std::printf("nothing was made\n");
    std::ranges::nth_element(times, times.begin() + runs / 2);
    return times[static_cast<std::size_t>(runs / 2)];
}

void print(const char* what, double microseconds, const std::string& remark = {}) {
    std::printf("%-34s %10.0f us  %s\n", what, microseconds, remark.c_str());
}

elic::Picture on_page(const elic::Picture& code, std::size_t width, std::size_t height) {
    elic::Picture page{width, height, std::vector<std::uint8_t>(width * height, 255)};
    for (std::size_t i = 0; i < code.pixels.size(); ++i) {
        page.pixels[(height / 2 + i / code.width) * width + width / 2 + i % code.width] = code.pixels[i];
    }
    return page;
}

}  // namespace

int main() {
    std::mt19937 random(369);
    std::string text = "3691";
    while (text.size() < 400) text += static_cast<char>('0' + random() % 10);

    const auto modules = elic::draw_qr(text).value();
    const auto png = elic::qr_png(modules).value();
    const auto svg = elic::qr_svg(modules);
    const auto picture = elic::read_picture(png).value();
    const auto page = on_page(picture, 2480, 3508);
    const elic::Picture blank{2480, 3508, std::vector<std::uint8_t>(page.pixels.size(), 255)};
    const auto bytes = [](std::size_t size) { return std::to_string(size) + " bytes"; };

    std::printf("400 digits, level M: version %d, %zu modules a side\n", modules.version, modules.size);
    print("draw_qr", median_microseconds(301, [&] { return elic::draw_qr(text)->size; }));
    print("libqrencode", median_microseconds(301, [&] { return elic::libqrencode_drawing(text).size; }));
    print("qr_png, 5 dots a module", median_microseconds(301, [&] { return elic::qr_png(modules)->size(); }),
          bytes(png.size()));
    print("qr_svg", median_microseconds(301, [&] { return elic::qr_svg(modules).size(); }), bytes(svg.size()));
    print("qr_terminal", median_microseconds(301, [&] { return elic::qr_terminal(modules).size(); }));
    print("read_picture, that PNG", median_microseconds(301, [&] { return elic::read_picture(png)->width; }));
    print("scan_codes, that PNG", median_microseconds(101, [&] { return elic::scan_codes(picture).size(); }));
    print("scan_codes, A4 page at 300 dpi", median_microseconds(9, [&] { return elic::scan_codes(page).size(); }));
    print("scan_codes, A4 page without a code",
          median_microseconds(5, [&] { return elic::scan_codes(blank).size() + 1; }));
    return elic::scan_codes(page).size() == 1 ? 0 : 1;
}

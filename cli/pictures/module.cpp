#include "picture_library.h"

// The inside of libelic_pictures.so.

/// Named with the version: a library of another one is not taken for this one's.
extern "C" [[gnu::visibility("default")]] const elic::cli::PictureLibrary ELIC_PICTURES;
const elic::cli::PictureLibrary ELIC_PICTURES = {.read = elic::read_picture,
                                                 .scan = elic::scan_codes,
                                                 .draw_qr = elic::draw_qr,
                                                 .png = elic::qr_png,
                                                 .svg = elic::qr_svg,
                                                 .terminal = elic::qr_terminal};

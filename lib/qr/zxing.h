#pragma once

// The one door to ZXing, so that this macro is never forgotten: without it text() is a wide string (ZXing 1.4).
#ifndef ZX_USE_UTF8
#define ZX_USE_UTF8
#endif
#include <ZXing/ReadBarcode.h>

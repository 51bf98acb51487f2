#include "crypto/sm3_lanes.h"

#if defined(__AVX2__)
#define ELIC_LANES 8
#include "crypto/sm3_compress_lanes.h"

elic::Sm3Lanes elic::sm3_lanes_avx2() noexcept { return {.lanes = ELIC_LANES, .compress = compress_lanes}; }
#else
elic::Sm3Lanes elic::sm3_lanes_avx2() noexcept { return {}; }
#endif

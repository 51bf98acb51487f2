#include "crypto/sm3_lanes.h"

#if defined(__AVX512F__)
#define ELIC_LANES 16
#include "crypto/sm3_compress_lanes.h"

elic::Sm3Lanes elic::sm3_lanes_avx512() noexcept { return {.lanes = ELIC_LANES, .compress = compress_lanes}; }
#else
elic::Sm3Lanes elic::sm3_lanes_avx512() noexcept { return {}; }
#endif

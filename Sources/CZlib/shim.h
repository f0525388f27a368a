// The part of zlib that compresses and inflates what is in memory.
#pragma once
#include <zlib.h>

// Macros.
static inline int cw_begin_deflate(z_stream *stream, int window) {
    return deflateInit2(stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
}
static inline int cw_begin_inflate(z_stream *stream, int window) { return inflateInit2(stream, window); }

#include <zlib.h>

#include "LazyLibrary.h"

#define LIBRARY cw_zlib

LAZY(int, deflateInit2_,
     (z_stream *stream, int level, int method, int window, int memory, int strategy, const char *version, int size),
     (stream, level, method, window, memory, strategy, version, size))
LAZY(uLong, deflateBound, (z_stream *stream, uLong count), (stream, count))
LAZY(int, deflate, (z_stream *stream, int flush), (stream, flush))
LAZY(int, deflateEnd, (z_stream *stream), (stream))
LAZY(int, inflateInit2_, (z_stream *stream, int window, const char *version, int size),
     (stream, window, version, size))
LAZY(int, inflate, (z_stream *stream, int flush), (stream, flush))
LAZY(int, inflateEnd, (z_stream *stream), (stream))

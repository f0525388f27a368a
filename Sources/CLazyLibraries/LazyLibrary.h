// A function of a shared library that is opened when the first of its functions is called. A worker that sends no mail
// over HTTP, asks no database and reads no quiz package then spends neither time nor memory on the thirty libraries
// that libcurl, libpq and libxml2 bring along.
//
// Each is defined here under its own name, so that callers, the library's header and its documentation stay what they
// are; a function that is missing here does not link.
#pragma once

struct LazyLibrary {
    const char *file;     // its soname
    const char *package;  // Debian's package with it, for the person who reads that it is missing
    void *handle;
};

#define LAZY_LIBRARIES(EACH)                                            \
    EACH(libcurl, "libcurl.so.4", "libcurl4")                           \
    EACH(libidn2, "libidn2.so.0", "libidn2-0")                          \
    EACH(libmicrohttpd, "libmicrohttpd.so.12", "libmicrohttpd12")       \
    EACH(libpq, "libpq.so.5", "libpq5")                                 \
    EACH(libxml2, "libxml2.so.2", "libxml2")                            \
    EACH(libzip, "libzip.so.4", "libzip4")                              \
    EACH(zlib, "libz.so.1", "zlib1g")

#define DECLARE(name, file, package) extern struct LazyLibrary cw_##name;
LAZY_LIBRARIES(DECLARE)
#undef DECLARE

// The address of a function. Ends the process with a sentence when the library or the function is not there.
void *cw_lazy_function(struct LazyLibrary *library, const char *name);

// A file of this target is one library: LIBRARY names it, and LAZY defines each function. Threads that come first at
// once find the same address.
#define LAZY(result, name, parameters, arguments)                        \
    result name parameters {                                             \
        static __typeof__(name) *_Atomic function;                       \
        if (!function) function = cw_lazy_function(&LIBRARY, #name);     \
        return function arguments;                                       \
    }

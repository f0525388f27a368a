#include <curl/curl.h>
#include <stdarg.h>

#include "LazyLibrary.h"

// Its header checks the types of variadic arguments by macros of the same names.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define LIBRARY cw_libcurl

LAZY(CURLcode, curl_global_init, (long flags), (flags))
LAZY(CURL *, curl_easy_init, (void), ())
LAZY(void, curl_easy_cleanup, (CURL *handle), (handle))
LAZY(CURLcode, curl_easy_perform, (CURL *handle), (handle))
LAZY(CURLcode, curl_easy_send, (CURL *handle, const void *bytes, size_t count, size_t *sent),
     (handle, bytes, count, sent))
LAZY(CURLcode, curl_easy_recv, (CURL *handle, void *bytes, size_t count, size_t *received),
     (handle, bytes, count, received))
LAZY(const char *, curl_easy_strerror, (CURLcode code), (code))
LAZY(struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text), (list, text))
LAZY(void, curl_slist_free_all, (struct curl_slist *list), (list))

// The value of an option and the place of an answer are a long, a curl_off_t or a pointer, which are passed alike
// where all three have 64 bits.
_Static_assert(sizeof(long) == 8 && sizeof(curl_off_t) == 8 && sizeof(void *) == 8, "a 64-bit Linux");

CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    static __typeof__(curl_easy_setopt) *_Atomic function;
    if (!function) function = cw_lazy_function(&LIBRARY, "curl_easy_setopt");
    va_list arguments;
    va_start(arguments, option);
    void *value = va_arg(arguments, void *);
    va_end(arguments);
    return function(handle, option, value);
}

CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...) {
    static __typeof__(curl_easy_getinfo) *_Atomic function;
    if (!function) function = cw_lazy_function(&LIBRARY, "curl_easy_getinfo");
    va_list arguments;
    va_start(arguments, info);
    void *place = va_arg(arguments, void *);
    va_end(arguments);
    return function(handle, info, place);
}

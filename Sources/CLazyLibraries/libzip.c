#include <zip.h>

#include "LazyLibrary.h"

#define LIBRARY cw_libzip

LAZY(zip_t *, zip_open_from_source, (zip_source_t *source, int flags, zip_error_t *error), (source, flags, error))
LAZY(int, zip_close, (zip_t *archive), (archive))
LAZY(void, zip_discard, (zip_t *archive), (archive))
LAZY(zip_int64_t, zip_get_num_entries, (zip_t *archive, zip_flags_t flags), (archive, flags))
LAZY(zip_int64_t, zip_name_locate, (zip_t *archive, const char *name, zip_flags_t flags), (archive, name, flags))
LAZY(zip_int64_t, zip_file_add, (zip_t *archive, const char *name, zip_source_t *source, zip_flags_t flags),
     (archive, name, source, flags))
LAZY(int, zip_file_set_dostime,
     (zip_t *archive, zip_uint64_t index, zip_uint16_t time, zip_uint16_t date, zip_flags_t flags),
     (archive, index, time, date, flags))
LAZY(zip_file_t *, zip_fopen_index, (zip_t *archive, zip_uint64_t index, zip_flags_t flags), (archive, index, flags))
LAZY(zip_int64_t, zip_fread, (zip_file_t *file, void *bytes, zip_uint64_t count), (file, bytes, count))
LAZY(int, zip_fclose, (zip_file_t *file), (file))
LAZY(zip_source_t *, zip_source_buffer_create,
     (const void *bytes, zip_uint64_t count, int frees, zip_error_t *error), (bytes, count, frees, error))
LAZY(zip_source_t *, zip_source_buffer,
     (zip_t *archive, const void *bytes, zip_uint64_t count, int frees), (archive, bytes, count, frees))
LAZY(int, zip_source_open, (zip_source_t *source), (source))
LAZY(zip_int64_t, zip_source_read, (zip_source_t *source, void *bytes, zip_uint64_t count), (source, bytes, count))
LAZY(int, zip_source_close, (zip_source_t *source), (source))
LAZY(void, zip_source_keep, (zip_source_t *source), (source))
LAZY(void, zip_source_free, (zip_source_t *source), (source))

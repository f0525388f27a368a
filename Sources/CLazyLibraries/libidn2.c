#include <idn2.h>

#include "LazyLibrary.h"

#define LIBRARY cw_libidn2

LAZY(int, idn2_lookup_u8, (const uint8_t *source, uint8_t **name, int flags), (source, name, flags))
LAZY(void, idn2_free, (void *pointer), (pointer))

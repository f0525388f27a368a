#include "CDrawing.h"
#include <dlfcn.h>
#include <stddef.h>

static const char *const LIBRARIES[] = {
    "libcairo.so.2",         "libpango-1.0.so.0",  "libpangocairo-1.0.so.0", "libpangoft2-1.0.so.0",
    "libgobject-2.0.so.0",   "libfontconfig.so.1", "libqrencode.so.4",
};
enum { COUNT = sizeof LIBRARIES / sizeof *LIBRARIES };

static void *find(void *const *libraries, const char *name) {
    void *function = NULL;
    for (int i = 0; i < COUNT && function == NULL; i++) function = dlsym(libraries[i], name);
    return function;
}

const char *drawing_open(DrawingFunctions *functions) {
    void *libraries[COUNT];
    for (int i = 0; i < COUNT; i++) {
        libraries[i] = dlopen(LIBRARIES[i], RTLD_NOW | RTLD_LOCAL);
        if (libraries[i] == NULL) return LIBRARIES[i];
    }
    struct { void **place; const char *name; } wanted[] = {
#define PLACE(result, name, arguments) {(void **)&functions->name, #name},
        DRAWING_FUNCTIONS(PLACE)
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        *wanted[i].place = find(libraries, wanted[i].name);
        if (*wanted[i].place == NULL) return wanted[i].name;
    }
    return NULL;
}

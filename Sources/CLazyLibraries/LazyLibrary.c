#include "LazyLibrary.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "CLazyLibraries.h"

#define DEFINE(name, so, debian) struct LazyLibrary cw_##name = {.file = so, .package = debian};
LAZY_LIBRARIES(DEFINE)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static _Noreturn void give_up(const struct LazyLibrary *library) {
    fprintf(stderr, "coursework: %s: install Debian's package %s.\n", dlerror(), library->package);
    exit(EX_OSFILE);
}

void *cw_lazy_function(struct LazyLibrary *library, const char *name) {
    pthread_mutex_lock(&mutex);
    if (!library->handle) library->handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (!library->handle) give_up(library);
    void *function = dlsym(library->handle, name);
    if (!function) give_up(library);
    pthread_mutex_unlock(&mutex);
    return function;
}

const char *cw_lazy_missing(const char **package) {
#define LIST(name, so, debian) &cw_##name,
    const struct LazyLibrary *const libraries[] = {LAZY_LIBRARIES(LIST)};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        void *handle = dlopen(libraries[i]->file, RTLD_LAZY | RTLD_LOCAL);
        *package = libraries[i]->package;
        if (!handle) return dlerror();
        dlclose(handle);
    }
    return NULL;
}

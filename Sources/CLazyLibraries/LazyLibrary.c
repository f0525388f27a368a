#include "LazyLibrary.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

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

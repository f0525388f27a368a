// Only hiredis' reply reader is used: the sockets and the writing are ours.
#include <hiredis/read.h>
#include <stddef.h>
#ifndef REDIS_OK
#define REDIS_OK 0
#endif

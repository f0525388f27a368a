// Only hiredis' reply reader is used: the sockets and the writing are ours.
#include <hiredis/read.h>

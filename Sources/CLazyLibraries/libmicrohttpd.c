#include <microhttpd.h>
#include <stdarg.h>

#include "LazyLibrary.h"

#define LIBRARY cw_libmicrohttpd

LAZY(enum MHD_Result, MHD_add_connection,
     (struct MHD_Daemon *daemon, MHD_socket client, const struct sockaddr *address, socklen_t size),
     (daemon, client, address, size))
LAZY(enum MHD_Result, MHD_add_response_header,
     (struct MHD_Response *response, const char *name, const char *value), (response, name, value))
LAZY(struct MHD_Response *, MHD_create_response_from_buffer,
     (size_t count, void *bytes, enum MHD_ResponseMemoryMode mode), (count, bytes, mode))
LAZY(struct MHD_Response *, MHD_create_response_from_callback,
     (uint64_t size, size_t block, MHD_ContentReaderCallback read, void *context, MHD_ContentReaderFreeCallback free),
     (size, block, read, context, free))
LAZY(void, MHD_destroy_response, (struct MHD_Response *response), (response))
LAZY(int, MHD_get_connection_values,
     (struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator visit, void *context),
     (connection, kind, visit, context))
LAZY(enum MHD_Result, MHD_queue_response,
     (struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response),
     (connection, status, response))
LAZY(enum MHD_Result, MHD_get_timeout,
     (struct MHD_Daemon *daemon, MHD_UNSIGNED_LONG_LONG *milliseconds), (daemon, milliseconds))
LAZY(void, MHD_resume_connection, (struct MHD_Connection *connection), (connection))
LAZY(enum MHD_Result, MHD_run, (struct MHD_Daemon *daemon), (daemon))
LAZY(void, MHD_stop_daemon, (struct MHD_Daemon *daemon), (daemon))
LAZY(void, MHD_suspend_connection, (struct MHD_Connection *connection), (connection))

struct MHD_Daemon *MHD_start_daemon(
    unsigned int flags, uint16_t port, MHD_AcceptPolicyCallback accepts, void *accepts_context,
    MHD_AccessHandlerCallback handler, void *handler_context, ...) {
    static __typeof__(MHD_start_daemon_va) *_Atomic function;
    if (!function) function = cw_lazy_function(&LIBRARY, "MHD_start_daemon_va");
    va_list options;
    va_start(options, handler_context);
    struct MHD_Daemon *daemon =
        function(flags, port, accepts, accepts_context, handler, handler_context, options);
    va_end(options);
    return daemon;
}

// The kinds of information in use have no further argument.
const union MHD_DaemonInfo *MHD_get_daemon_info(struct MHD_Daemon *daemon, enum MHD_DaemonInfoType kind, ...) {
    static __typeof__(MHD_get_daemon_info) *_Atomic function;
    if (!function) function = cw_lazy_function(&LIBRARY, "MHD_get_daemon_info");
    return function(daemon, kind);
}

const union MHD_ConnectionInfo *MHD_get_connection_info(
    struct MHD_Connection *connection, enum MHD_ConnectionInfoType kind, ...) {
    static __typeof__(MHD_get_connection_info) *_Atomic function;
    if (!function) function = cw_lazy_function(&LIBRARY, "MHD_get_connection_info");
    return function(connection, kind);
}

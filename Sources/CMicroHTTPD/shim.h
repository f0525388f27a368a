// The functions of libmicrohttpd that are variadic, which Swift cannot call, as typed ones.
// And one of Linux that is declared only under _GNU_SOURCE, which would redefine types of the Glibc module.
#pragma once
#include <microhttpd.h>
#include <stdbool.h>
#include <sys/socket.h>

// Every callback is given the context first.
struct cw_http_daemon {
    unsigned int connections;
    // For the head of a request and the buffers of its connection.
    size_t connection_bytes;
    void *context;
    MHD_AccessHandlerCallback on_request;
    void *(*on_request_line)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_RequestCompletedCallback on_completion;
    MHD_NotifyConnectionCallback on_connection;
    // In PEM; NULL for no TLS.
    const char *certificate, *key;
    // Leaves percent-encoding alone: what is no path must not become one.
    size_t (*unescape)(void *context, struct MHD_Connection *connection, char *text);
};

// For GnuTLS: nothing older than TLS 1.2, and no cipher without forward secrecy.
#define CW_HTTP_TLS_PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:%SERVER_PRECEDENCE"

static inline struct MHD_Daemon *cw_http_start(const struct cw_http_daemon *daemon) {
    const bool tls = daemon->certificate != NULL;
    struct MHD_OptionItem encryption[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)daemon->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)daemon->key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)CW_HTTP_TLS_PRIORITIES},
        {MHD_OPTION_END, 0, NULL},
    };
    // Whoever resumes a connection also has the daemon run: its own channel for that would be one system call each time.
    const unsigned int suspending = MHD_ALLOW_SUSPEND_RESUME & ~MHD_USE_ITC;
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | suspending | (tls ? MHD_USE_TLS : 0), 0, NULL, NULL,
        daemon->on_request, daemon->context, MHD_OPTION_ARRAY, tls ? encryption : encryption + 3,
        MHD_OPTION_CONNECTION_LIMIT, daemon->connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, daemon->connection_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, daemon->on_request_line, daemon->context,
        MHD_OPTION_UNESCAPE_CALLBACK, daemon->unescape, daemon->context,
        MHD_OPTION_NOTIFY_COMPLETED, daemon->on_completion, daemon->context,
        MHD_OPTION_NOTIFY_CONNECTION, daemon->on_connection, daemon->context,
        MHD_OPTION_END);
}

// Becomes readable when the daemon has something to do.
static inline int cw_http_epoll(struct MHD_Daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info ? info->epoll_fd : -1;
}

// Whether it has something to do of which epoll will not tell.
static inline bool cw_http_has_more(struct MHD_Daemon *daemon) {
    MHD_UNSIGNED_LONG_LONG milliseconds;
    return MHD_get_timeout(daemon, &milliseconds) == MHD_YES && milliseconds == 0;
}

extern int accept4(int listener, struct sockaddr *address, socklen_t *size, int flags);

static inline int cw_http_accept(int listener, struct sockaddr *address, socklen_t *size) {
    return accept4(listener, address, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static inline int cw_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static inline void *cw_http_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

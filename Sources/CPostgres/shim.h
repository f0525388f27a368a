// libpq, and the macros of it that Swift does not import.
#pragma once
#include <postgresql/libpq-fe.h>

// Character constants there, which a macro import would lose.
static const int cw_pg_sqlstate = PG_DIAG_SQLSTATE;
static const int cw_pg_primary = PG_DIAG_MESSAGE_PRIMARY;

// libpq prints the server's notices to standard error unless told otherwise.
static void cw_pg_ignore_notice(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}
static inline void cw_pg_silence(PGconn *connection) { PQsetNoticeReceiver(connection, cw_pg_ignore_notice, 0); }

#include <postgresql/libpq-fe.h>

#include "LazyLibrary.h"

#define LIBRARY cw_libpq

LAZY(void, PQclear, (PGresult *result), (result))
LAZY(char *, PQcmdStatus, (PGresult *result), (result))
LAZY(char *, PQcmdTuples, (PGresult *result), (result))
LAZY(PostgresPollingStatusType, PQconnectPoll, (PGconn *connection), (connection))
LAZY(PGconn *, PQconnectStartParams,
     (const char *const *keywords, const char *const *values, int expand), (keywords, values, expand))
LAZY(int, PQconnectionNeedsPassword, (const PGconn *connection), (connection))
LAZY(void, PQconninfoFree, (PQconninfoOption *options), (options))
LAZY(PQconninfoOption *, PQconninfoParse, (const char *text, char **message), (text, message))
LAZY(int, PQconsumeInput, (PGconn *connection), (connection))
LAZY(char *, PQdb, (const PGconn *connection), (connection))
LAZY(char *, PQerrorMessage, (const PGconn *connection), (connection))
LAZY(void, PQfinish, (PGconn *connection), (connection))
LAZY(int, PQflush, (PGconn *connection), (connection))
LAZY(char *, PQfname, (const PGresult *result, int column), (result, column))
LAZY(void, PQfreemem, (void *pointer), (pointer))
LAZY(PGresult *, PQgetResult, (PGconn *connection), (connection))
LAZY(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column))
LAZY(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column))
LAZY(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column))
LAZY(int, PQisBusy, (PGconn *connection), (connection))
LAZY(int, PQnfields, (const PGresult *result), (result))
LAZY(PGnotify *, PQnotifies, (PGconn *connection), (connection))
LAZY(int, PQntuples, (const PGresult *result), (result))
LAZY(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))
LAZY(char *, PQresultErrorMessage, (const PGresult *result), (result))
LAZY(ExecStatusType, PQresultStatus, (const PGresult *result), (result))
LAZY(int, PQsendPrepare,
     (PGconn *connection, const char *name, const char *query, int count, const Oid *types), (connection, name,
      query, count, types))
LAZY(int, PQsendQuery, (PGconn *connection, const char *query), (connection, query))
LAZY(int, PQsendQueryPrepared,
     (PGconn *connection, const char *name, int count, const char *const *values, const int *lengths,
      const int *formats, int format),
     (connection, name, count, values, lengths, formats, format))
LAZY(int, PQserverVersion, (const PGconn *connection), (connection))
LAZY(PGVerbosity, PQsetErrorVerbosity, (PGconn *connection, PGVerbosity verbosity), (connection, verbosity))
LAZY(int, PQsetnonblocking, (PGconn *connection, int on), (connection, on))
LAZY(int, PQsocket, (const PGconn *connection), (connection))
LAZY(ConnStatusType, PQstatus, (const PGconn *connection), (connection))
LAZY(PGTransactionStatusType, PQtransactionStatus, (const PGconn *connection), (connection))
LAZY(char *, PQuser, (const PGconn *connection), (connection))
LAZY(PQnoticeReceiver, PQsetNoticeReceiver,
     (PGconn *connection, PQnoticeReceiver receiver, void *context), (connection, receiver, context))

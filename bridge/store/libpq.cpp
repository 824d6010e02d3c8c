#include "bridge/store/libpq.hpp"

#include <dlfcn.h>
#include <libpq-fe.h>

#include <cstdlib>

namespace casewire::bridge::postgres {
namespace {

/// Stays until the program ends: its threads may be in it.
void* libpq() {
  static void* const library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  return library;
}

template <class Function>
Function* in_libpq(const char* name) {
  auto* const function = reinterpret_cast<Function*>(libpq() == nullptr ? nullptr : dlsym(libpq(), name));
  if (function == nullptr) std::abort();  // it was not asked for first, or it is older than what this was compiled with
  return function;
}

}  // namespace

std::optional<std::string> why_no_libpq() {
  if (libpq() != nullptr) return std::nullopt;
  return "PostgreSQL's client library libpq.so.5 cannot be loaded: install Debian's package libpq5";
}

}  // namespace casewire::bridge::postgres

// The compiler holds each to its declaration in libpq-fe.h.
#define CASEWIRE_IN_LIBPQ(result, name, parameters, values)                                    \
  result name parameters {                                                                     \
    static auto* const function = casewire::bridge::postgres::in_libpq<decltype(name)>(#name); \
    return function values;                                                                    \
  }

extern "C" {
// A connection.
CASEWIRE_IN_LIBPQ(PQconninfoOption*, PQconninfoParse, (const char* uri, char** problem), (uri, problem))
CASEWIRE_IN_LIBPQ(void, PQconninfoFree, (PQconninfoOption * options), (options))
CASEWIRE_IN_LIBPQ(PGconn*, PQconnectStartParams, (const char* const* keywords, const char* const* values, int expand),
                  (keywords, values, expand))
CASEWIRE_IN_LIBPQ(PostgresPollingStatusType, PQconnectPoll, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(void, PQfinish, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(ConnStatusType, PQstatus, (const PGconn* connection), (connection))
CASEWIRE_IN_LIBPQ(PGTransactionStatusType, PQtransactionStatus, (const PGconn* connection), (connection))
CASEWIRE_IN_LIBPQ(char*, PQerrorMessage, (const PGconn* connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQsocket, (const PGconn* connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQbackendPID, (const PGconn* connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQsetnonblocking, (PGconn * connection, int is_wanted), (connection, is_wanted))
CASEWIRE_IN_LIBPQ(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn * connection, PQnoticeReceiver receiver, void* argument),
                  (connection, receiver, argument))

// Statements.
CASEWIRE_IN_LIBPQ(int, PQsendQuery, (PGconn * connection, const char* text), (connection, text))
CASEWIRE_IN_LIBPQ(int, PQsendQueryParams,
                  (PGconn * connection, const char* text, int count, const Oid* types, const char* const* values,
                   const int* lengths, const int* formats, int format),
                  (connection, text, count, types, values, lengths, formats, format))
CASEWIRE_IN_LIBPQ(int, PQenterPipelineMode, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQexitPipelineMode, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQpipelineSync, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQflush, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQconsumeInput, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(int, PQisBusy, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(PGnotify*, PQnotifies, (PGconn * connection), (connection))
CASEWIRE_IN_LIBPQ(PGresult*, PQgetResult, (PGconn * connection), (connection))

// What they answer.
CASEWIRE_IN_LIBPQ(ExecStatusType, PQresultStatus, (const PGresult* answer), (answer))
CASEWIRE_IN_LIBPQ(char*, PQresultErrorField, (const PGresult* answer, int field), (answer, field))
CASEWIRE_IN_LIBPQ(int, PQntuples, (const PGresult* answer), (answer))
CASEWIRE_IN_LIBPQ(char*, PQgetvalue, (const PGresult* answer, int row, int column), (answer, row, column))
CASEWIRE_IN_LIBPQ(int, PQgetlength, (const PGresult* answer, int row, int column), (answer, row, column))
CASEWIRE_IN_LIBPQ(int, PQgetisnull, (const PGresult* answer, int row, int column), (answer, row, column))
CASEWIRE_IN_LIBPQ(void, PQclear, (PGresult * answer), (answer))
CASEWIRE_IN_LIBPQ(void, PQfreemem, (void* memory), (memory))
}

#undef CASEWIRE_IN_LIBPQ

#pragma once
// libpq, loaded when somebody first asks for a memory in PostgreSQL, and not when the program starts (late_library.hpp): what it brings along
// (Kerberos, LDAP, a second TLS) is most of what starting a bridge takes, and most bridges never call it. Whoever calls more of it names it here.
// Ask libpq.why_missing() first.

#include <libpq-fe.h>

#include "base/late/late_library.hpp"

namespace casewire::bridge::postgres {

constinit inline LateLibrary libpq{"libpq.so.5", "libpq5"};

// A connection.
CASEWIRE_LATE_FUNCTION(libpq, PQconninfoParse)
CASEWIRE_LATE_FUNCTION(libpq, PQconninfoFree)
CASEWIRE_LATE_FUNCTION(libpq, PQconnectStartParams)
CASEWIRE_LATE_FUNCTION(libpq, PQconnectPoll)
CASEWIRE_LATE_FUNCTION(libpq, PQfinish)
CASEWIRE_LATE_FUNCTION(libpq, PQstatus)
CASEWIRE_LATE_FUNCTION(libpq, PQtransactionStatus)
CASEWIRE_LATE_FUNCTION(libpq, PQerrorMessage)
CASEWIRE_LATE_FUNCTION(libpq, PQsocket)
CASEWIRE_LATE_FUNCTION(libpq, PQbackendPID)
CASEWIRE_LATE_FUNCTION(libpq, PQsetnonblocking)
CASEWIRE_LATE_FUNCTION(libpq, PQsetNoticeReceiver)

// Statements.
CASEWIRE_LATE_FUNCTION(libpq, PQsendQuery)
CASEWIRE_LATE_FUNCTION(libpq, PQsendQueryParams)
CASEWIRE_LATE_FUNCTION(libpq, PQenterPipelineMode)
CASEWIRE_LATE_FUNCTION(libpq, PQexitPipelineMode)
CASEWIRE_LATE_FUNCTION(libpq, PQpipelineSync)
CASEWIRE_LATE_FUNCTION(libpq, PQflush)
CASEWIRE_LATE_FUNCTION(libpq, PQconsumeInput)
CASEWIRE_LATE_FUNCTION(libpq, PQisBusy)
CASEWIRE_LATE_FUNCTION(libpq, PQnotifies)
CASEWIRE_LATE_FUNCTION(libpq, PQgetResult)

// What they answer.
CASEWIRE_LATE_FUNCTION(libpq, PQresultStatus)
CASEWIRE_LATE_FUNCTION(libpq, PQresultErrorField)
CASEWIRE_LATE_FUNCTION(libpq, PQntuples)
CASEWIRE_LATE_FUNCTION(libpq, PQgetvalue)
CASEWIRE_LATE_FUNCTION(libpq, PQgetlength)
CASEWIRE_LATE_FUNCTION(libpq, PQgetisnull)
CASEWIRE_LATE_FUNCTION(libpq, PQclear)
CASEWIRE_LATE_FUNCTION(libpq, PQfreemem)

}  // namespace casewire::bridge::postgres

Feature: The bridge

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the bridge has nothing left to do
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has nothing left to do

    Scenario: the bridge has parked {count} job|jobs
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has parked 0 jobs

    Scenario: {system} has been asked for {count} {operation}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Salesforce has been asked for 1 Case create

    Scenario: the bridge has made at most {count} call|calls [to {system}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has made at most 60 calls to Salesforce

    Scenario: the bridge has got {count} webhook|webhooks from {system}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has got 2 webhooks from OpenCX

    Scenario: the bridge has refused {count} webhook|webhooks from {system}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX is signed with another key
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has refused 1 webhook from OpenCX

    Scenario: faults have struck {count} time|times
      Given Salesforce answers the next 2 Case creates with status 503
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 2 times

    Scenario: every recorded request was made
      Given the recording "handoff.har"
      When the recorded webhooks arrive
      Then every recorded request was made

    Scenario: the last webhook from Salesforce names case {case} by {count} characters
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the last webhook from Salesforce names case A by 18 characters

    Scenario: {system} has told the bridge {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then OpenCX has told the bridge "ticket_number"

  Rule: Fails

    Scenario: the bridge has nothing left to do
      Given Salesforce answers the next 900 Case creates with status 400
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has nothing left to do

    Scenario: the bridge has parked {count} job|jobs
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has parked 1 job

    Scenario: {system} has been asked for {count} {operation}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Salesforce has been asked for 2 Case creates

    Scenario: the bridge has made at most {count} call|calls [to {system}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has made at most 1 call to OpenCX

    Scenario: the bridge has got {count} webhook|webhooks from {system}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has got 1 webhook from OpenCX

    Scenario: the bridge has refused {count} webhook|webhooks from {system}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then the bridge has refused 1 webhook from OpenCX

    Scenario: faults have struck {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then faults have struck 1 time

    Scenario: every recorded request was made
      Given the recording "handoff.har"
      Then every recorded request was made

    Scenario: the last webhook from Salesforce names case {case} by {count} characters
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the last webhook from Salesforce names case A by 15 characters

    Scenario: {system} has told the bridge {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then OpenCX has told the bridge "nextRecordsUrl"

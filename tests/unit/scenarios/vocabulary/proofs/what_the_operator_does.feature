Feature: Proofs of what the operator does

  Background:
    Given the customer Dana writes from dana@example.test

  Rule: Holds
    Scenario: the operator runs {command} [in vain]
      Given the org has no trigger
      When the operator runs "dance" in vain
      Then the operator reads "does not know that command"
      When the operator runs "check"
      And the operator runs "status"
      Then the operator reads "version 0.1.0"

    Scenario: the operator looks at {path}
      Given the org has no trigger
      When the operator runs "status"
      And the operator looks at "/metrics"
      Then the operator reads "casewire_bridge_ready 1"

    Scenario: the operator changes the setting {setting} to {value}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When the operator changes the setting "opencx.require_signature" to "true"
      Given the next webhook from OpenCX is unsigned
      When Dana replies: "Any news?"
      Then case A gains the comment "Any news?"
      And the bridge has refused 1 webhook from OpenCX

    Scenario: the operator gives the bridge OpenCX's new API key
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And OpenCX's API key is replaced
      And the AI hands off: "Refund"
      And 1 minute passes
      And the operator gives the bridge OpenCX's new API key
      Then case A opens from opencx with the summary "Refund"

  Rule: Fails
    Scenario: the operator runs {command} [in vain]
      When the operator runs "dance"
      Then the bridge has nothing left to do

    Scenario: the operator changes the setting {setting} to {value}
      When the operator changes the setting "give_up" to "2 h"
      Then the bridge has nothing left to do

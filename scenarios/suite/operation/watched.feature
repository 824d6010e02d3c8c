@house @promise:symptom-no-reply
Feature: Who watches over the bridge by HTTP sees whether it does its work

  Background:
    Given the org allows 2000 API calls a day
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: All is well
    When the operator looks at "/readyz"
    Then the operator reads "\"status\":\"ready\""
    And the operator does not read "503"
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_ready 1"
    And the operator reads "casewire_bridge_start_time_seconds 1767603600.000"
    And the operator reads "casewire_bridge_vendor_paused{vendor=\"salesforce\"} 0"
    And the operator reads "casewire_bridge_salesforce_requests_limit 2000"
    And the operator does not read "casewire_bridge_salesforce_requests_used 2000"
    And the operator does not read "casewire_bridge_last_webhook_timestamp_seconds{vendor=\"opencx\"} 1767603600"

  Scenario: Comments are counted, and not the calls that wrote them
    Given the bridge is stopped
    When Ruiz writes to Dana in the Inbox: "Which lamp is it?"
    And Ruiz writes to Dana in the Inbox: "The tall one?"
    Given the bridge starts again
    Then case A gains the comment "The tall one?"
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_comments_total 2"

  Scenario: What a webhook told of is not counted as missed, and what none told of is
    When 1 hour passes
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_sweep_subjects_total{vendor=\"opencx\"} 0"
    And the operator reads "casewire_bridge_sweep_subjects_total{vendor=\"salesforce\"} 0"
    Given webhooks from OpenCX are lost for 1 hour
    When Ruiz writes to Dana in the Inbox: "Which lamp is it?"
    And 1 hour passes
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_sweep_subjects_total{vendor=\"opencx\"} 1"

  @F46
  Scenario: A draft that stays in the org is counted once, however often it is looked at
    When Ruiz writes the draft on case A: "Perhaps on Friday."
    And 1 hour passes
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_replies_total{result=\"refused\"} 1"

  @F14
  Scenario: A vendor rests, and work waits for it
    Given the integration user is deactivated
    And the access token expires
    When Dana replies: "It is the tall one."
    And 2 minutes pass
    And the operator looks at "/readyz"
    Then the operator reads "503"
    And the operator reads "\"status\":\"paused\""
    And the operator reads "\"paused\":[\"salesforce\"]"
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_ready 0"
    And the operator reads "casewire_bridge_vendor_paused{vendor=\"salesforce\"} 1"
    And the operator reads "casewire_bridge_jobs{state=\"due\"} 0"
    And the operator reads "casewire_bridge_jobs{state=\"waiting\"} 1"
    And the operator reads "casewire_bridge_queue_lag_seconds 0.000"
    Given the integration user is active again
    Then case A gains the comment "It is the tall one."

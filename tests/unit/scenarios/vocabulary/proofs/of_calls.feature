Feature: Of calls

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {system} accepts the next [{count}] {operation} but loses the answer
      Given Salesforce accepts the next Case create but loses the answer
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} never gets the next [{count}] {operation}
      Given Salesforce never gets the next Case create
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: {system} cuts the answer to the next [{count}] {operation}
      Given Salesforce cuts the answer to the next Case create
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} answers the next [{count}] {operation} with status {code} [and Retry-After {wait}]
      Given Salesforce answers the next Case create with status 503 and Retry-After 2 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: {system} answers the next [{count}] {operation} with an HTML page [of status {code}] [without a type] [and Retry-After {wait}]
      Given Salesforce answers the next Case create with an HTML page of status 502
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: {system} answers the next [{count}] {operation} with garbage
      Given Salesforce answers the next Case create with garbage
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: {system} answers the next [{count}] {operation} with a redirect
      Given Salesforce answers the next Case create with a redirect
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: {system} takes {duration} to answer the next [{count}] {operation}
      Given Salesforce takes 5 minutes to answer the next Case create
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} gets the next {operation} twice
      Given OpenCX gets the next session update twice
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has been asked for 2 session updates

    Scenario: {system} gets the next {operation} {duration} late
      Given Salesforce gets the next Case create 40 seconds late
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} gets the next {operation} just before the one after it
      Given Salesforce gets the next Case create just before the one after it
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} breaks off the next {operation} and does it {duration} later
      Given Salesforce breaks off the next Case create and does it 3 seconds later
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: {system} answers the next {operation} with status {code} and does it {duration} later
      Given Salesforce answers the next Case create with status 503 and does it 3 seconds later
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the access token expires
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the access token expires
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: {system} answers the next [{count}] {operation} with an empty object
      Given OpenCX answers the next history read with an empty object
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

  Rule: Fails

    Scenario: {system} accepts the next [{count}] {operation} but loses the answer
      Given Salesforce accepts the next Case create but loses the answer
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then Dana has 0 cases

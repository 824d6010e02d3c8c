Feature: Lines that nobody would play
  Given the customer Dana writes from dana@example.test
  What follows is prose, and prose it may be.

  Background:
    Givn the rep Ruiz works the queue "Support"
    Given the customer Dana writes from dana@example.test

  Scenario: A fault that would never be staged
    Givn Salesforce answers the next 3 Case creates with status 503
    When in doubt, read this description again.
    given the next webhook from OpenCX is lost
    the AI hands off: "Refund"
    The rep then looks at the Case and answers.
    When Dana emails help@acme.test about "Order": "Where is it?"
    Then Dana has 0 cases

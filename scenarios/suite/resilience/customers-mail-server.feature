@promise:reply @I1
Feature: The customer's mail server has a bad day

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  Scenario Outline: A reply gets through all the same: the server <how>
    Given Dana's mail server <how>
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana has received "It left the depot this morning." 1 time

    Examples:
      | how                                      |
      | refuses the next 2 mails with 451        |
      | never gets the next mail                 |
      | takes the next mail but loses the answer |
      | gets the next mail twice                 |

@promise:case-append @F72
Feature: An address in other letters is the same customer, whoever has the conversation

  Scenario: Her first mail was in other letters, and the AI keeps the second
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana sends the mail "order-1182-other-letters.eml"
    And the AI hands off: "Dana asks for her lamp"
    Then case A opens from opencx with the summary "Dana asks for her lamp"
    When 1 hour passes
    And Dana emails help@acme.test about "Another thing": "Any news?"
    Then case A gains the comment "Any news?"
    And Dana has 1 case

  Scenario: An address that begins as a mail server's is a customer's
    Given the customer Dana writes from postmaster.bergen@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana emails help@acme.test about "Another thing": "Any news?"
    Then case A gains the comment "Any news?"
    And Dana has 1 case

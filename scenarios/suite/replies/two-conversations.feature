@promise:reply @I5
Feature: Of a customer's conversations on one Case, the reply goes to the one in which she spoke last

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 1 hour passes
    And Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When 1 hour passes

  Scenario: She spoke last in the second
    When Ruiz replies on case A: "Here it is."
    Then Dana receives "Here it is." under the subject "Invoice"
    And Dana has received 1 mail

  Scenario: She went back to the first
    When Dana replies to the mail about "Lamp": "It still flickers."
    Then case A gains the comment "It still flickers."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." under the subject "Lamp"
    And Dana has received 1 mail

  Scenario: That somebody else spoke later in the other changes nothing
    When Dana replies to the mail about "Lamp": "It still flickers."
    Then case A gains the comment "It still flickers."
    When 1 hour passes
    And the AI answers: "I have noted it."
    And 1 hour passes
    And Dana replies to the mail about "Invoice": "With the tax number, please."
    Then case A gains the comment "With the tax number, please."
    When Ruiz replies on case A: "Here is the invoice."
    Then Dana receives "Here is the invoice." under the subject "Invoice"

  Scenario: Three replies while she changes between them
    When Ruiz replies on case A: "First."
    And 1 minute passes
    And Dana replies to the mail about "Lamp": "It still flickers."
    And Ruiz replies on case A: "Second."
    And 1 minute passes
    And Dana replies to the mail about "Invoice": "And the invoice?"
    And Ruiz replies on case A: "Third."
    Then Dana receives "First." under the subject "Invoice"
    And Dana receives "Second." under the subject "Lamp"
    And Dana receives "Third." under the subject "Invoice"
    And Dana has received 3 mails

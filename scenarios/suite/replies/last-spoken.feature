@promise:reply @F72 @house
Feature: Where she spoke last is found out, not guessed, and kept for a reply that has been begun

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz replies on case A: "Which invoice is it?"
    Then Dana receives "Which invoice is it?" under the subject "Invoice"

  Scenario Outline: In "<subject>", and <count> histories cannot be read at that moment
    When Dana replies to the mail about "<subject>": "That one."
    Then case A gains the comment "That one."
    Given OpenCX answers the next <count> history reads with status 503
    When Ruiz replies on case A: "It is on its way."
    Then Dana receives "It is on its way." under the subject "<subject>"
    And Dana has received "It is on its way." 1 time

    Examples:
      | subject | count |
      | Lamp    | 1     |
      | Lamp    | 2     |
      | Invoice | 1     |
      | Invoice | 2     |

  Scenario Outline: She speaks in "<other>" while a reply into "<subject>" is tried again: OpenCX <fault>
    When Dana replies to the mail about "<subject>": "That one."
    Then case A gains the comment "That one."
    Given OpenCX <fault>
    When Ruiz replies on case A: "It is on its way."
    And Dana replies to the mail about "<other>": "Another thing."
    Then Dana receives "It is on its way." under the subject "<subject>"
    And Dana has received "It is on its way." 1 time
    And case A gains the comment "Another thing."

    Examples:
      | subject | other   | fault                                                    |
      | Lamp    | Invoice | never gets the next message send                         |
      | Invoice | Lamp    | never gets the next message send                         |
      | Lamp    | Invoice | accepts the next message send but loses the answer       |
      | Invoice | Lamp    | answers the next 3 message sends with status 503         |

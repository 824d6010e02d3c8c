@promise:no-doubles @I1
Feature: Whether something was done already cannot be looked up at this moment, so nobody takes it for undone

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  @F36
  Scenario Outline: The answer to a reply is lost, and its history <trouble>
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "Which lamp is it?"
    Given OpenCX <fault>
    When 1 hour passes
    Then Dana has received "Which lamp is it?" 1 time

    Examples:
      | trouble                   | fault                                             |
      | cannot be read            | answers the next 3 history reads with status 503  |
      | is not there for a moment | answers the next 3 history reads with status 404  |
      | is a gateway's page       | answers the next 3 history reads with an HTML page |
      | comes without a word      | answers the next 3 history reads with garbage     |

  @F80 @house
  Scenario Outline: With an older store, and a history that <trouble>, no reply is mailed again
    Given a backup is made of what the bridge stores
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given the bridge is killed
    When 20 hours pass
    Given OpenCX <fault>
    And the bridge starts again with the backup
    When 2 hours pass
    Then Dana has received 1 mail
    And case A does not tell "Which lamp is it?"
    And the bridge has nothing left to do

    Examples:
      | trouble              | fault                                            |
      | cannot be read       | answers the next 4 history reads with status 503 |
      | is not there         | answers the next 4 history reads with status 404 |
      | breaks off           | cuts the answer to the next 4 history reads      |

  @F80 @house
  Scenario Outline: With no store, and a conversation that <trouble>, whoever joined the Case stays on it
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz replies on case A: "Here is the invoice."
    Then Dana receives "Here is the invoice." under the subject "Invoice"
    Given the bridge is killed
    When 20 hours pass
    Given the bridge starts again with nothing stored
    And OpenCX takes 5 seconds to answer the next history read
    When Dana replies to the mail about "Lamp": "It flickers at night."
    Given OpenCX <fault>
    When 2 hours pass
    Then Dana has received 2 mails
    And case A tells "It flickers at night." 1 time
    When Dana replies to the mail about "Invoice": "With the tax number, please."
    And Ruiz replies on case A: "Of course."
    Then Dana receives "Of course." under the subject "Invoice"

    Examples:
      | trouble        | fault                                            |
      | cannot be read | answers the next 2 session reads with status 503 |
      | is not there   | answers the next 2 session reads with status 404 |

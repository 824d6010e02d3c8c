@promise:lifecycle
Feature: A conversation is taken up again after years, when the bridge remembers nothing of it any more

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?" in the same thread

  Scenario: Only what a rep writes now is mailed
    When 3 years pass
    And Ruiz replies on case A: "Is it there by now?"
    Then Dana receives "Is it there by now?" in the same thread
    And Dana has received "Which order?" 1 time

  Scenario: What the customer writes joins the Case, and nothing stands there twice
    When 3 years pass
    And Dana replies: "It never came."
    Then case A tells "It never came."
    And case A tells "Where is it?" 1 time
    When Ruiz replies on case A: "I send another one."
    Then Dana receives "I send another one." in the same thread
    And Dana has received "Which order?" 1 time

  @house
  Scenario: A Case that was closed then closes nothing a second time
    When Ruiz closes case A
    Then Dana's session is closed
    When 3 years pass
    And Ruiz replies on case A: "You may still send it back."
    Then Dana receives "You may still send it back." in the same thread
    And Dana has received "Which order?" 1 time

  @house
  Scenario: A reply of nothing but a file is not mailed again
    When Ruiz replies on case A with nothing but the file "invoice.pdf"
    And 1 hour passes
    Then Dana has received 2 mails
    When 3 years pass
    And Ruiz replies on case A: "Is it there by now?"
    Then Dana receives "Is it there by now?" in the same thread
    And Dana has received 3 mails

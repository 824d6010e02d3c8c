@promise:lifecycle @F79
Feature: What happens within one second, as the vendors' times tell it, is not lost between two looks

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  @I12
  Scenario: What she writes in the second of the close stands on a Case
    Given the next 2 deeds happen within one second
    When Ruiz closes case A
    And Dana replies: "And the lower one buzzes."
    And 1 hour passes
    Then the bridge has nothing left to do

  Scenario: What she wrote in that second, and the bridge learns of later, stands on the Case that was closed
    When 20 minutes pass
    And the next 2 deeds happen within one second
    Given the next webhook from OpenCX comes 20 seconds late
    When Dana replies: "And the lower one buzzes."
    And Ruiz closes case A
    Then case A gains the comment "And the lower one buzzes."

  @house
  Scenario: A close within the second of another change is seen though no webhook tells of it
    When 20 minutes pass
    And the next 2 deeds happen within one second
    And Ruiz takes case A
    Given the next webhook from Salesforce is lost
    When Ruiz closes case A
    And 20 minutes pass
    Then Dana's session is closed

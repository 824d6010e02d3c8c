@promise:case-append @F72 @house
Feature: What she writes while her handoff waits for a vendor is her Case's, though it is another conversation and the AI keeps it

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."

  Scenario: OpenCX is away for seconds
    Given OpenCX is down for 10 seconds
    When the AI hands off: "A lamp flickers"
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And Dana emails help@acme.test about "Table": "It rocks."
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells "It wobbles." 1 time
    And case A tells "It rocks." 1 time

  Scenario: The org is away for hours, and others write meanwhile
    Given Salesforce is down for 2 hours
    When the AI hands off: "A lamp flickers"
    And 10 minutes pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI answers Dana: "One moment."
    And 30 minutes pass
    And Eli emails help@acme.test about "Bench": "It creaks."
    And 30 minutes pass
    And Eli emails help@acme.test about "Bench": "It creaks more."
    And 3 hours pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells "It wobbles." 1 time
    And Eli has 0 cases
    When Ruiz replies on case A: "A new chair is on its way."
    Then Dana receives "A new chair is on its way."
    And Dana has 1 case

  Scenario: The org is away, and an agent writes in the first conversation before it is back
    When the AI answers Dana: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    Given Salesforce is down for 2 hours
    When the AI hands off: "A lamp flickers"
    And 10 minutes pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And 10 minutes pass
    And Dana replies to the mail about "Lamp": "The one in the hall."
    And Ruiz writes to Dana in the Inbox: "I come and look."
    And 3 hours pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells "The one in the hall." 1 time
    And case A tells "It wobbles." 1 time

  Scenario: Nobody heard of the handoff, and she writes twice more, minutes apart
    Given webhooks from OpenCX are lost for 1 minute
    When the AI hands off: "A lamp flickers"
    And 1 minute passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI answers Dana: "Turn it round."
    And 6 minutes pass
    And Dana emails help@acme.test about "Table": "It is too low."
    And the AI answers Dana: "Put books under it."
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It is too low."
    And case A gains the comment "It wobbles."

  Scenario: The org is away, she writes of two more things, and others write meanwhile
    Given Salesforce is down for 2 hours
    When the AI hands off: "A lamp flickers"
    And 10 minutes pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And Dana emails help@acme.test about "Table": "It rocks."
    And 30 minutes pass
    And Eli emails help@acme.test about "Bench": "It creaks."
    And 3 hours pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells "It wobbles." 1 time
    And case A tells "It rocks." 1 time

  @F74
  Scenario: What she wrote while the Case was open is known only when it is closed, with what she had written before there was one
    When the AI answers Dana: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    When 1 hour passes
    And Eli emails help@acme.test about "Bench": "It creaks."
    And 1 hour passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Dana's conversation: "A chair wobbles"
    Then case A opens from opencx with the summary "A chair wobbles"
    When 10 minutes pass
    Given the bridge is killed
    When Dana replies to the mail about "Lamp": "The green one."
    And 1 minute passes
    And Ruiz closes case A
    And 10 minutes pass
    Given the bridge starts again
    Then case A gains the comment "The green one."
    And Dana has 1 case

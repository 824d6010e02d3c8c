@promise:takeover @I6
Feature: A person who works for a customer silences the AI for her

  Background:
    Given the AI keeps answering until a person is active
    And the AI answers every mail with "Let me look." after 20 seconds
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off Dana's conversation: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  Scenario: After the rep's reply her next mail is not answered by the AI
    When 1 minute passes
    And Ruiz replies on case A: "I look into it."
    Then Dana receives "I look into it." in the same thread
    When Dana replies: "When will it come?"
    And 1 hour passes
    Then the AI stays silent towards Dana
    And case A gains the comment "When will it come?"
    And Dana's conversation is with a person

  Scenario: Another customer is still answered by the AI
    When 1 minute passes
    And Ruiz replies on case A: "I look into it."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And 1 minute passes
    Then the AI has answered Eli 1 time
    And Eli receives "Let me look." in the same thread
    And the AI stays silent towards Dana
    And Eli's conversation is with the AI

  @F77
  Scenario Outline: The rep answers <time> into the AI's answer
    When 1 minute passes
    And Dana replies: "When will it come?"
    And <time> pass
    And Ruiz replies on case A: "On Friday."
    Then Dana receives "On Friday." in the same thread
    When 1 hour passes
    Then the AI stays silent towards Dana

    Examples:
      | time                |
      | 2 seconds           |
      | 10 seconds          |
      | 19 seconds          |

  Scenario: The bridge is down while the rep replies
    When 1 minute passes
    Given the bridge is killed
    When Ruiz replies on case A: "I look into it."
    And 5 minutes pass
    Given the bridge starts again
    Then Dana receives "I look into it." in the same thread
    When Dana replies: "When will it come?"
    And 1 hour passes
    Then the AI stays silent towards Dana

  @F77 @house
  Scenario: The operator reads where the AI may still speak, once a person has the Case
    When Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    When Ruiz gives case A to the queue "Support"
    And 20 minutes pass
    And the operator runs "trace case:A"
    Then the operator does not read "the AI may still speak"
    When Ruiz takes case A
    And 1 minute passes
    And the operator runs "trace case:A"
    Then the operator reads "the AI may still speak in another session"
    When Ruiz gives case A to Okafor
    And 1 minute passes
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_sessions_total{result=\"ai_not_silenced\"} 2"

  @F77 @house
  Scenario: Likewise after a reply in one of her conversations, and not of the one that was answered
    When Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    When Ruiz replies on case A: "Which chair?"
    Then Dana receives "Which chair?"
    When the operator runs "trace case:A"
    Then the operator does not read "the AI may still speak"
    When Dana emails help@acme.test about "Table": "It creaks."
    And 1 minute passes
    And Dana replies to the mail about "Order 1182": "When will it come?"
    And Ruiz replies on case A: "On Friday."
    And 1 minute passes
    And the operator runs "trace case:A"
    Then the operator reads "the AI may still speak in another session"

@F40 @promise:reply
Feature: Whose clock is wrong, and by how much, changes nothing for the customer

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: A reply whose sending was in doubt goes out once, though OpenCX's clock is <off>
    Given OpenCX's clock is <off>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "Which lamp is it?"
    And 1 hour passes
    Then Dana has received 1 mail
    And case A does not tell "Which lamp is it?"

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |
      | 8 seconds slow  |

  @house
  Scenario Outline: A reply with its file goes out at once, though the org's clock is <off>
    Given Salesforce's clock is <off>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A with the file "return-label.pdf": "Send it back with this label."
    Then Dana receives "Send it back with this label." within 1 minute
    And Dana receives "Send it back" with the file "return-label.pdf"
    And Dana has received 1 mail

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |

  @house
  Scenario Outline: On a Case that a rep opened what he says from the handoff on is mailed, though the org's clock is <off>
    Given Salesforce's clock is <off>
    When Ruiz opens case A for Dana about "Lamp": "She has telephoned."
    And Ruiz replies on case A: "As we said on the telephone."
    And 1 minute passes
    And Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A gains the comment "It flickers."
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    And Dana has received 1 mail

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |

  @F24 @house
  Scenario Outline: A mail that came before its Case was closed stands on that Case, though OpenCX's clock is <off>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given OpenCX's clock is <off>
    And the bridge is killed
    When Dana emails help@acme.test about "Socket": "The socket sparks, too."
    And 1 minute passes
    And Ruiz closes case A
    And 1 minute passes
    Given the bridge starts again
    Then case A tells "The socket sparks, too." 1 time
    And Dana has 1 case

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |

  @F80 @house
  Scenario Outline: A bridge that comes back with nothing stored tells what was done, though the org's clock is <off>
    Given Salesforce's clock is <off>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."
    And Dana has received 2 mails
    And case A tells "It flickers." 1 time
    And case A does not tell "Which lamp is it?"

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |

  @F24 @house
  Scenario Outline: A mail that came before a rep's own Case was closed stands on that Case, though the org's clock is <off>
    Given Salesforce's clock is <off>
    When Ruiz opens case A for Dana about "Chair": "She has telephoned."
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case A gains the comment "It wobbles."
    Given the bridge is killed
    When Dana emails help@acme.test about "A picture": "This is how it looks."
    And the AI answers: "Thank you for the picture."
    And 1 minute passes
    And Ruiz closes case A
    And 1 minute passes
    Given the bridge starts again
    Then case A gains the comment "This is how it looks."

    Examples:
      | off             |
      | 10 minutes slow |
      | 10 minutes fast |

Feature: Cases

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: case {case} opens from opencx [with the summary {summary}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"

    Scenario: case {case} gains the comment {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A gains the comment "Where is it?"

    Scenario: case {case} has {count} comment|comments
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has 1 comment

    Scenario: case {case} has at most {count} comment|comments
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has at most 2 comments

    Scenario: case {case} has the comments: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Any news?"
      Then case A has the comments:
        | Where is it? |
        | Any news?    |

    Scenario: case {case} has the comments in any order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Any news?"
      Then case A has the comments in any order:
        | Any news?    |
        | Where is it? |

    Scenario: case {case} has no comment {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has no comment "Any news?"

    Scenario: case {case} tells {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A tells "Where is it?"

    Scenario: case {case} tells {text} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Where is it?"
      Then case A tells "Where is it?" 2 times

    Scenario: case {case} tells in this order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Let me look."
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A tells in this order:
        | Where is it? |
        | Let me look. |

    Scenario: case {case} does not tell {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A does not tell "Any news?"

    Scenario: case {case} has {count} file|files
      When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has 1 file

    Scenario: the last reply on case {case} has {count} file|files
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "notes.txt": "Soon."
      Then the last reply on case A has 1 file

    Scenario: case {case} has the file {file}
      When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has the file "invoice.pdf"

    Scenario: {text} stands in the file {name} of case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "%33000 characters%"
      Then case A opens from opencx
      And "%33000 characters%" stands in the file "summary.txt" of case A

    Scenario: case {case} has the status {status}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has the status "New"

    Scenario: {field} of case {case} is {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "Case_From__c" of case A is "opencx"

    Scenario: {field} of case {case} begins with {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "CreatedDate" of case A begins with "2026-01-05"

    Scenario: case {case} follows case {former}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      And Ruiz closes case A
      Then Dana receives "Soon."
      When Dana replies: "When?"
      Then case B opens from opencx
      Then case B follows case A

    Scenario: case {case} belongs to {rep}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      Then case A belongs to Ruiz

    Scenario: case {case} lies in the queue {queue}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A lies in the queue "Support"

    Scenario: case {case} is open
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A is open

    Scenario: case {case} is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then case A is closed

    Scenario: {customer} has {count} open case|cases
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana has 1 open case
      When Ruiz closes case A
      Then Dana has 0 open cases

    Scenario: {customer} has {count} case|cases
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then Dana has 1 case

    Scenario: case {case} gains the comment {text} within {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A gains the comment "Where is it?" within 10 seconds

    Scenario: {field} of case {case} is empty
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "ContactId" of case A is empty

    Scenario: the comment {comment} on case {case} is internal
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the comment "Where is it?" on case A is internal

    Scenario: the comment {comment} on case {case} is public
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public comment on case A: "Soon."
      Then the comment "Soon." on case A is public

  Rule: Fails

    Scenario: case {case} opens from opencx [with the summary {summary}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Return"

    Scenario: case {case} gains the comment {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A gains the comment "Any news?"

    Scenario: case {case} has {count} comment|comments
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has 2 comments

    Scenario: case {case} has at most {count} comment|comments
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has at most 0 comments

    Scenario: case {case} has the comments: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Any news?"
      Then case A has the comments:
        | Any news?    |
        | Where is it? |

    Scenario: case {case} has the comments in any order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Any news?"
      Then case A has the comments in any order:
        | Any news?    |
        | Any news?    |

    Scenario: case {case} has no comment {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has no comment "Where is it?"

    Scenario: case {case} tells {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A tells "Any news?"

    Scenario: case {case} tells {text} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Is it number 10?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A tells "number 1" 1 time

    Scenario: case {case} tells in this order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Let me look."
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A tells in this order:
        | Let me look. |
        | Where is it? |

    Scenario: case {case} does not tell {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A does not tell "Where is it?"

    Scenario: case {case} has {count} file|files
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has 1 file

    Scenario: the last reply on case {case} has {count} file|files
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "notes.txt": "Soon."
      Then the last reply on case A has 2 files

    Scenario: case {case} has the file {file}
      When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has the file "notes.txt"

    Scenario: {text} stands in the file {name} of case {case}
      When Dana emails help@acme.test about "Order 1182" with the file "notes.txt": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And "what nobody wrote" stands in the file "notes.txt" of case A

    Scenario: case {case} has the status {status}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A has the status "Working"

    Scenario: {field} of case {case} is {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "Case_From__c" of case A is "web"

    Scenario: {field} of case {case} begins with {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "CreatedDate" of case A begins with "2027"

    Scenario: case {case} follows case {former}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      And Ruiz closes case A
      Then Dana receives "Soon."
      When Dana replies: "When?"
      Then case B opens from opencx
      Then case A follows case B

    Scenario: case {case} belongs to {rep}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      Then case A belongs to Okafor

    Scenario: case {case} lies in the queue {queue}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      Then case A lies in the queue "Support"

    Scenario: case {case} is open
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then case A is open

    Scenario: case {case} is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then case A is closed

    Scenario: {customer} has {count} open case|cases
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then Dana has 1 open case

    Scenario: {customer} has {count} case|cases
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana has 0 cases

    Scenario: case {case} gains the comment {text} within {duration}
      Given the AI answers every mail with "Let me look." after 20 seconds
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Dana replies: "Any news?"
      Then case A gains the comment "Let me look." within 1 second

    Scenario: {field} of case {case} is empty
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "Subject" of case A is empty

    Scenario: the comment {comment} on case {case} is internal
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public comment on case A: "Soon."
      Then the comment "Soon." on case A is internal

    Scenario: the comment {comment} on case {case} is public
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the comment "Where is it?" on case A is public

Feature: Files

  Rule: Holds

    Scenario: a file {newfile} of {size}
      Given a file "scan.pdf" of 40 KB
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182" with the file "scan.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has the file "scan.pdf"

Attribute VB_Name = "OdrErrors"
Option Explicit
Option Private Module

' Python hands an error over as its text, such as "#N/A". A text would pass IFERROR and a chart as if it were
' a result, so it becomes Excel's own error here.

Private lastMessage As String

Public Function ToCells(ByVal result As Variant) As Variant
    ' The result of a Python function with its error texts as errors: a single value, a row or a table.
    Dim i As Long, j As Long
    ' xlwings hands over arrays of Variant; no other kind of array could hold an error.
    If VarType(result) = vbArray + vbVariant Then
        Select Case Dimensions(result)
            Case 1
                For i = LBound(result) To UBound(result)
                    If VarType(result(i)) = vbString Then
                        If Left$(result(i), 1) = "#" Then result(i) = ToError(result(i))
                    End If
                Next i
            Case 2
                For i = LBound(result, 1) To UBound(result, 1)
                    For j = LBound(result, 2) To UBound(result, 2)
                        If VarType(result(i, j)) = vbString Then
                            If Left$(result(i, j), 1) = "#" Then result(i, j) = ToError(result(i, j))
                        End If
                    Next j
                Next i
        End Select
    ElseIf VarType(result) = vbString Then
        result = ToError(result)
    End If
    ToCells = result
End Function

Public Function Failed(ByVal formula As String, ByVal message As String) As Variant
    ' Python raised an error that no formula is meant to raise: #VALUE!, and its message kept for LastError.
    lastMessage = formula & ": " & message
    Failed = CVErr(xlErrValue)
End Function

Public Function LastError() As String
    LastError = lastMessage
End Function

Private Function ToError(ByVal text As String) As Variant
    Select Case text
        Case "#N/A": ToError = CVErr(xlErrNA)
        Case "#VALUE!": ToError = CVErr(xlErrValue)
        Case "#NUM!": ToError = CVErr(xlErrNum)
        Case "#DIV/0!": ToError = CVErr(xlErrDiv0)
        Case "#REF!": ToError = CVErr(xlErrRef)
        Case "#NAME?": ToError = CVErr(xlErrName)
        Case "#NULL!": ToError = CVErr(xlErrNull)
        Case Else: ToError = text
    End Select
End Function

Private Function Dimensions(ByRef values As Variant) As Long
    ' VBA has no function for it: UBound fails at the first dimension that isn't there.
    Dim upper As Long
    On Error GoTo counted
    Do
        upper = UBound(values, Dimensions + 1)
        Dimensions = Dimensions + 1
    Loop
counted:
End Function

Attribute VB_Name = "OdrButtons"
Option Explicit

' What the buttons of the workbook do.

Private chosen As String

Public Sub RefreshODR()
    ' Asks for the files that Amazon made, then Python reads them and adds what is new to the tables.
    Dim answer As Variant
    #If Mac Then
        ' Excel for Mac takes neither the filter nor several files.
        answer = Application.GetOpenFilename()
    #Else
        answer = Application.GetOpenFilename( _
            FileFilter:="Amazon reports (*.txt;*.tsv;*.csv;*.zip),*.txt;*.tsv;*.csv;*.zip", _
            Title:="Choose the reports from Seller Central", MultiSelect:=True)
    #End If
    If IsArray(answer) Then
        chosen = Join(answer, vbLf)
    ElseIf VarType(answer) = vbString Then
        chosen = answer
    Else
        Exit Sub ' cancelled
    End If
    ReadChosen
End Sub

Public Sub RefreshFolderODR()
    ' Asks for a folder, and Python reads every report in it.
    #If Mac Then
        Dim answer As Variant
        ' Excel for Mac has no dialog for folders: a file in it says which.
        MsgBox "Choose any report. All reports in its folder are read.", vbInformation, "ODR"
        answer = Application.GetOpenFilename()
        If VarType(answer) <> vbString Then Exit Sub ' cancelled
        chosen = Left$(answer, InStrRev(answer, Application.PathSeparator) - 1)
    #Else
        With Application.FileDialog(4) ' msoFileDialogFolderPicker
            .Title = "Choose the folder with the reports from Seller Central"
            .AllowMultiSelect = False
            If .Show <> -1 Then Exit Sub ' cancelled
            chosen = .SelectedItems(1)
        End With
    #End If
    ReadChosen
End Sub

Private Sub ReadChosen()
    RunPython "import odr_xl.excel.buttons; odr_xl.excel.buttons.refresh()"
    #If Mac Then
        ' RunPython doesn't wait there, and Python has yet to ask for the files.
    #Else
        chosen = ""
    #End If
End Sub

Public Sub RecalculateODR()
    Application.CalculateFullRebuild
End Sub

Public Sub ShowLastErrorODR()
    Dim message As String
    message = OdrErrors.LastError()
    If message = "" Then message = "No formula has failed since the workbook was opened."
    ' A box shows 1024 characters, and Python's message says at its end what went wrong.
    MsgBox Right$(message, 1000), vbInformation, "ODR"
End Sub

Public Function ODR_LAST_ERROR() As String
Attribute ODR_LAST_ERROR.VB_Description = "Why the last formula that failed did so. Empty when none has failed since the workbook was opened."
Attribute ODR_LAST_ERROR.VB_ProcData.VB_Invoke_Func = " \n20"
    Application.Volatile ' a message appears without any argument having changed
    ODR_LAST_ERROR = OdrErrors.LastError()
End Function

Public Function ODR_CHOSEN_FILES() As String
Attribute ODR_CHOSEN_FILES.VB_Description = "For the Refresh button: the files or the folder that were chosen, one a line."
Attribute ODR_CHOSEN_FILES.VB_ProcData.VB_Invoke_Func = " \n20"
    ' Python asks for them here; on a command line, quotes and letters from other alphabets would be lost.
    ODR_CHOSEN_FILES = chosen
End Function

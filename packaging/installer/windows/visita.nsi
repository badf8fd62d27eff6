; VisITA for one person: no administrator is asked for. windows_setup.py gives VERSION, APP,
; LICENCES, BILL, OUTPUT and KIB.
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\VisITA"
!define PROGID "VisITA.Photo"

Name "VisITA"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\VisITA"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "VisITA"
VIAddVersionKey "FileDescription" "VisITA installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The VisITA project"

!define MUI_FINISHPAGE_RUN "$INSTDIR\visita-window.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs holds its files: it must end before they are replaced or removed.
!macro REFUSE_WHILE_RUNNING UN
Function ${UN}refuseWhileRunning
  again:
  IfFileExists "$INSTDIR\visita-window.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\visita-window.exe" a
  IfErrors 0 closed
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "VisITA is running. Please close it." /SD IDCANCEL IDRETRY again
  Abort
  closed:
  FileClose $0
  free:
FunctionEnd
!macroend
!insertmacro REFUSE_WHILE_RUNNING ""
!insertmacro REFUSE_WHILE_RUNNING "un."

Section
  Call refuseWhileRunning
  ; An older version's files must not stay beside the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${APP}/*.*"
  SetOutPath "$INSTDIR\licences"
  File /r "${LICENCES}/*.*"
  SetOutPath "$INSTDIR"
  File "${BILL}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\VisITA.lnk" "$INSTDIR\visita-window.exe"

  ; "Open with" for photos and folders; nothing is made the default.
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\visita-window.exe" --open "%1"'
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\visita-window.exe,0"
  !macro OPEN_WITH ENDING
    WriteRegStr HKCU "Software\Classes\.${ENDING}\OpenWithProgids" "${PROGID}" ""
  !macroend
  !insertmacro OPEN_WITH "jpg"
  !insertmacro OPEN_WITH "jpeg"
  !insertmacro OPEN_WITH "png"
  !insertmacro OPEN_WITH "webp"
  !insertmacro OPEN_WITH "gif"
  !insertmacro OPEN_WITH "tif"
  !insertmacro OPEN_WITH "tiff"
  !insertmacro OPEN_WITH "heic"
  !insertmacro OPEN_WITH "avif"
  !insertmacro OPEN_WITH "dng"

  WriteRegStr HKCU "${KEY}" "DisplayName" "VisITA"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\visita-window.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The VisITA project"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KIB}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; The library in %LOCALAPPDATA%\VisITA stays.
Section "Uninstall"
  Call un.refuseWhileRunning
  Delete "$SMPROGRAMS\VisITA.lnk"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\visita.exe"
  Delete "$INSTDIR\visita-window.exe"
  Delete "$INSTDIR\visita-raw-worker.exe"
  Delete "$INSTDIR\visita.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
  !macro NOT_OPEN_WITH ENDING
    DeleteRegValue HKCU "Software\Classes\.${ENDING}\OpenWithProgids" "${PROGID}"
  !macroend
  !insertmacro NOT_OPEN_WITH "jpg"
  !insertmacro NOT_OPEN_WITH "jpeg"
  !insertmacro NOT_OPEN_WITH "png"
  !insertmacro NOT_OPEN_WITH "webp"
  !insertmacro NOT_OPEN_WITH "gif"
  !insertmacro NOT_OPEN_WITH "tif"
  !insertmacro NOT_OPEN_WITH "tiff"
  !insertmacro NOT_OPEN_WITH "heic"
  !insertmacro NOT_OPEN_WITH "avif"
  !insertmacro NOT_OPEN_WITH "dng"
  DeleteRegKey HKCU "${KEY}"
SectionEnd

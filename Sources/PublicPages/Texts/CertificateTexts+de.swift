extension CertificateTexts {
    static let german = Self(
        title: "Zertifikat", certifies: "Hiermit wird bestätigt, dass",
        completed: "den folgenden Kurs erfolgreich abgeschlossen hat",
        valid: PageWords(
            "Dieses Zertifikat ist gültig",
            "Es wurde so ausgestellt, wie es hier steht, und nichts davon wurde zurückgenommen."),
        expired: PageWords("Dieses Zertifikat ist abgelaufen", "Es ist echt und war gültig bis zum %."),
        revoked: PageWords("Dieses Zertifikat wurde widerrufen", "Seit % ist es nicht mehr gültig."),
        reissued: PageWords(
            "Dieses Zertifikat wurde ersetzt",
            "Ein berichtigtes ist an seine Stelle getreten; dieses gilt nicht mehr. Bitten Sie die Person, der es gehört, um das neue."
        ),
        erased: "Wem es gehörte, ist nicht mehr gespeichert.",
        issuedOn: "Ausgestellt am", validUntil: "Gültig bis", number: "Nummer", code: "Code", edition: "Ausgabe",
        compare: "Die Datei vergleichen",
        compareHow: "Eine unveränderte Datei hat diese SHA-256-Prüfsumme:",
        badge: "Dasselbe als Nachweis, den Programme prüfen können (Open Badges 3.0)", checked: "Geprüft am %.",
        unknown: PageWords(
            "Dieses Zertifikat gibt es nicht",
            "Prüfen Sie, ob der Code vollständig ist: 16 Buchstaben und Ziffern. Ein O gilt als Null, I und L gelten als Eins."
        ),
        ask: PageWords("Ist ein Zertifikat echt?", "Geben Sie den Code ein, der darauf steht."),
        label: "Code des Zertifikats", button: "Prüfen", description: "Was gelernt wurde",
        criteria: "Was dafür nötig ist",
        noAchievement: PageWords(
            "Diesen Kurs gibt es nicht", "Niemand hat ein Zertifikat darüber, oder er hatte eine andere Version."),
        unavailable: PageWords(
            "Das lässt sich gerade nicht nachsehen",
            "Über das Zertifikat sagt das nichts. Versuchen Sie es in einigen Minuten noch einmal."
        ))
}

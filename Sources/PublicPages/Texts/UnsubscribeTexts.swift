/// What the pages of unsubscriptions say in a language. `%` stands for an address, `$` for a list.
struct UnsubscribeTexts: Sendable {
    let title: String
    let ask, done, forged, expired, unavailable: PageWords
    let button: String

    static func `in`(_ language: PageLanguage) -> Self {
        switch language {
        case .en: english
        case .de: german
        case .fr: french
        case .es: spanish
        }
    }

    private static let english = Self(
        title: "Unsubscribe",
        ask: PageWords("No more of these mails?", "% gets the mails of the list “$”."),
        done: PageWords("That is done", "% gets no more mail of the list “$”."),
        forged: PageWords(
            "This link does not work", "It was not made here, or is not complete; use the one in the mail."),
        expired: PageWords("This link is too old", "Use the one in a newer mail."),
        unavailable: PageWords("That did not work", "Nothing has been changed. Try again in a few minutes."),
        button: "Unsubscribe")

    private static let german = Self(
        title: "Abmelden",
        ask: PageWords("Keine solchen Mails mehr?", "% bekommt die Mails der Liste „$“."),
        done: PageWords("Das ist erledigt", "% bekommt keine Mails der Liste „$“ mehr."),
        forged: PageWords(
            "Dieser Link funktioniert nicht",
            "Er stammt nicht von hier oder ist unvollständig; nehmen Sie den aus der Mail."),
        expired: PageWords("Dieser Link ist zu alt", "Nehmen Sie den aus einer neueren Mail."),
        unavailable: PageWords(
            "Das hat nicht geklappt", "Es wurde nichts geändert. Versuchen Sie es in einigen Minuten noch einmal."),
        button: "Abmelden")

    private static let french = Self(
        title: "Se désabonner",
        ask: PageWords("Ne plus recevoir ces courriels ?", "% reçoit les courriels de la liste « $ »."),
        done: PageWords("C’est fait", "% ne reçoit plus de courriels de la liste « $ »."),
        forged: PageWords(
            "Ce lien ne fonctionne pas", "Il ne vient pas d’ici ou n’est pas complet ; utilisez celui du courriel."),
        expired: PageWords("Ce lien est trop ancien", "Utilisez celui d’un courriel plus récent."),
        unavailable: PageWords("Cela n’a pas fonctionné", "Rien n’a été changé. Réessayez dans quelques minutes."),
        button: "Se désabonner")

    private static let spanish = Self(
        title: "Darse de baja",
        ask: PageWords("¿No quiere más de estos correos?", "% recibe los correos de la lista «$»."),
        done: PageWords("Hecho", "% ya no recibe correos de la lista «$»."),
        forged: PageWords("Este enlace no funciona", "No procede de aquí o no está completo; use el del correo."),
        expired: PageWords("Este enlace es demasiado antiguo", "Use el de un correo más reciente."),
        unavailable: PageWords(
            "No ha funcionado", "No se ha cambiado nada. Inténtelo de nuevo dentro de unos minutos."),
        button: "Darse de baja")
}

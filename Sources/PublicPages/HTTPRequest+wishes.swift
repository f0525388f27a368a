import HTTPServer

extension HTTPRequest {
    var acceptedType: AcceptedType { AcceptedType(accept: fields["Accept"]) }
    var language: PageLanguage { PageLanguage(accepted: fields["Accept-Language"]) }
}

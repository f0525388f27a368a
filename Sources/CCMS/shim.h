// The part of OpenSSL's libcrypto that reads certificates, signed messages (CMS) and time-stamps.
#pragma once
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Macros, all of them.
static inline int cw_certificate_count(const STACK_OF(X509) *list) { return list ? sk_X509_num(list) : 0; }
static inline X509 *cw_certificate(const STACK_OF(X509) *list, int index) { return sk_X509_value(list, index); }
static inline STACK_OF(X509) *cw_new_certificates(void) { return sk_X509_new_null(); }
static inline int cw_add_certificate(STACK_OF(X509) *list, X509 *certificate) {
    return X509_up_ref(certificate) && sk_X509_push(list, certificate) > 0;
}
static inline void cw_free_certificates(STACK_OF(X509) *list) { sk_X509_pop_free(list, X509_free); }
static inline int cw_signer_count(CMS_ContentInfo *message) {
    STACK_OF(CMS_SignerInfo) *list = CMS_get0_SignerInfos(message);
    return list ? sk_CMS_SignerInfo_num(list) : 0;
}
static inline CMS_SignerInfo *cw_signer(CMS_ContentInfo *message, int index) {
    return sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(message), index);
}
static inline void *cw_copied(const void *bytes, size_t count) { return OPENSSL_memdup(bytes, count); }

// In a union; NULL where it is of another kind.
static inline const STACK_OF(X509) *cw_token_certificates(const PKCS7 *token) {
    return PKCS7_type_is_signed(token) && token->d.sign ? token->d.sign->cert : NULL;
}

// The first text that says why a request was refused; NULL where none does.
static inline const ASN1_UTF8STRING *cw_status_text(const TS_STATUS_INFO *status) {
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(status);
    return texts && sk_ASN1_UTF8STRING_num(texts) > 0 ? sk_ASN1_UTF8STRING_value(texts, 0) : NULL;
}

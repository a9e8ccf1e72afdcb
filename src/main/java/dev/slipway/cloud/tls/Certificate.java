package dev.slipway.cloud.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** How the certificates look. */
final class Certificate {
    private static final String SIGNATURE = "SHA256withECDSA";
    /** A client's clock may be a little behind. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final GeneralSubtree[] NAMES = {
        new GeneralSubtree(new GeneralName(GeneralName.dNSName, "localhost")),
        new GeneralSubtree(new GeneralName(GeneralName.dNSName, "awsapprunner.com")),
        new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.0/8"))
    };

    private Certificate() {}

    static KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** The authority's own. Its name holds a part of its serial number, so that two authorities are never taken for each other. */
    static X509Certificate ofAuthority(KeyPair keys, Instant from, Instant to, SecureRandom random)
            throws GeneralSecurityException, IOException {
        BigInteger serial = serial(random);
        String name = "CN=Slipway local cloud " + serial.toString(16).substring(0, 8);
        X500Principal self = new X500Principal(name);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                self, serial, Date.from(from.minus(SKEW)), Date.from(to), self, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(Extension.nameConstraints, true, new NameConstraints(NAMES, null))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return signed(builder, keys.getPrivate());
    }

    /** One for an address of the loopback, and for the name that the client used. */
    static X509Certificate ofService(
            InetAddress address,
            @Nullable String name,
            PublicKey key,
            X509Certificate authority,
            PrivateKey authorityKey,
            Instant from,
            Instant to,
            SecureRandom random)
            throws GeneralSecurityException, IOException {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress()));
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        if (name != null) {
            names.add(new GeneralName(GeneralName.dNSName, name));
        }
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                authority,
                serial(random),
                Date.from(from.minus(SKEW)),
                Date.from(to),
                new X500Principal("CN=Slipway service"),
                key);
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(authority));
        return signed(builder, authorityKey);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        // Positive, and of the same length always.
        return new BigInteger(126, random).setBit(126);
    }
}

"""What walls say and stories do not: refusals, challenges, consent, logins, subscriptions; in them, "_" is a space."""

# NETWORK_TITLES are a challenge's, too.
# Of each kind: the titles that no story has by themselves, what else says it by itself where a page has no story, and
# the signs that a story may have too. A page with a text needs such a title, or two of all of these.
NETWORK_TITLES = "just_a_moment attention_required"
DENIED_TITLES = "access_denied access_to_this_page_has_been_denied 403_forbidden request_blocked error_1020"
CHALLENGE_TITLES = """
    checking_your_browser pardon_our_interruption are_you_a_(?:robot|human) security_checkpoint
    verify(?:ing)?_(?:that_)?you_are_(?:a_|not_a_)?(?:human|robot|bot) human_verification bot_verification captcha
"""
DENIED = "you_don.t_have_permission_to_access you_have_been_blocked"
CHALLENGE = """
    checking_(?:if|your)_(?:the_site|browser) enable_javascript_and_cookies ddos_protection
    complete_the_security_check unusual_(?:traffic|activity)_from unusual_traffic ray_id not_a_robot
"""
DENIED_SIGNS = "reference_#"
CHALLENGE_SIGNS = "checking_(?:if|your) your_(?:browser|computer_network|ip_address)"
CONSENT = """
    before_you_continue we_(?:value|care_about|respect)_your_privacy your_privacy_(?:choices|matters) consent
    cookie_(?:consent|wall|settings) datenschutz mit_werbung zustimm nous_respectons_votre_vie_privée
    accepter_et_continuer privacy_?center einwilligung cookies_akzeptieren
"""
CONSENT_TITLES = """
    before_you_continue.* (?:your_)?privacy(?:_settings|_choices|_center|_policy|_matters)? consent zustimmung
    cookies? cookie_(?:consent|wall|settings) datenschutz(?:einstellungen|hinweise?)? einwilligung privacy_?gate
    (?:mit_werbung_)?weiterlesen_mit_werbung mit_werbung_(?:weiter)?lesen
"""
# What a consent wall speaks of.
OF_CONSENT = """
    cookie track(?:ing|er) datenschutz privacy consent zustimm einwillig akzeptier accept personali[sz] werbung advertis
    partner vie_privée données traceurs publicité privacidad gegevens browsing unique_identifiers third.part
    dritt(?:anbieter|länder) abo\\b your_device (?:datos|dati|dados)_(?:personales|personali|pessoais)
    (?:su|tu|tuo|seu|teu)_dispositivo aceptar accettar aceitar publici(?:dad\\b|dade) pubblicità consenso
    dan(?:e|ych)_osobow zgod[aęyą]_na reklam personuppgifter personopp?lysninger samtyck samtykke annonser
"""
TO_THE_READER = """
    your? we_(?:and|use|value|care|respect|need) Sie Ihren? Ihrer wir_(?:und|nutzen|verwenden|brauchen) vous votre vos
    nous usted tus? sus nuestros uw wij tuoi tue nostri seus? suas nossos Twoj[ae] Twoich Twoim Państwa nasi vår[at]?
    dina? ditt dine våre
"""
LOGIN = """
    log_?in sign_?in anmelden einloggen connexion se_connecter iniciar_sesi accedi inloggen войти giriş
    ログイン 登录 登入
"""
PAY = """
    subscribe_(?:now_|today_)?(?:to|for|and) subscribers?[_-]only (?:for|to|our)_subscribers
    already_(?:a_)?subscribe[rd] subscription paywall premium register_to_(?:read|continue) continue_reading
    weiterlesen jetzt_abonnieren abo\\b digitalabo (?:für|als)_(?:unsere_)?abonnent abonnez-vous
    (?:aux|nos|pour_les)_abonnés abonnement suscríbete suscriptor abbonati abbonamento assine assinante подписк prenumer
    会員 订阅 有料
"""
# What else is subscribed to.
NOT_OF_PAY = "podcast rss newsletter spotify youtube episode folge_\\d"

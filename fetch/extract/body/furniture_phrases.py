"""Lines that are about the page, or ask its reader for something, and never a story's; "_" is a space. Data only.

Each begins with two signs as they stand, by which it is looked up; what follows is a pattern.
"""

# The whole line, but for marks about it.
WHOLE = """
    share(?:_this)?(?:_(?:article|story|post|page))? share_(?:on|via)_[\\w,_&/]+ share_this:_.{,60}
    print(?:_this_(?:article|page))? email_(?:this|article|this_article) copy_link back_to_(?:top|home)
    most_(?:read|popular|viewed) you_(?:may|might)_also_(?:like|be_interested_in) recommended(?:_for_you)?
    next_(?:article|story|post) previous_(?:article|story|post) show_(?:more|less) load_more
    view_(?:comments|all|more|gallery) sponsored(?:_content)? promoted_content
    listen_to_(?:this_article|this_story|the_podcast|the_article) sign_in_to_save.{,30} report_a_typo
    report_this_(?:ad|article|post) purchase_licensing_rights enter_your_e-?mail(?:_address)?
    more_from_(?:the|this|our)_\\w+(?:_\\w+)? thank_you_for_reading thanks_for_(?:reading|subscribing) loading
    buy_tickets_here comments_are_closed leave_a_(?:comment|reply)(?:_below)? all_rights_reserved
    read_the_original(?:_article)? teilen artikel_(?:teilen|drucken|merken|vorlesen) zum_thema zur_startseite
    nach_oben drucken das_könnte_(?:sie|dich)_auch_interessieren alle_rechte_vorbehalten mehr_zum_thema
    auch_interessant anzeige weiterlesen kommentare_sind_geschlossen hat_ihnen_der_artikel_gefallen
    partager(?:_(?:cet|l)\\W?_?article)? vous_aimerez_aussi tous_droits_réservés
    la_suite_après_(?:la|cette)_publicité imprimer les_commentaires_sont_fermés à_lire_aussi
    compartir(?:_en_.{,40})? comparte_est[ae]_\\w+ más_información todos_los_derechos_reservados te_puede_interesar
    los_comentarios_están_cerrados condividi riproduzione_riservata tutti_i_diritti_riservati leggi_anche stampa
    compartilhe(?:_est[ae]_\\w+)? todos_os_direitos_reservados leia_(?:também|mais) delen alle_rechten_voorbehouden
    lees_ook поделиться все_права_защищены читайте_также udostępnij wszelkie_prawa_zastrzeżone
    czytaj_(?:także|też|więcej) dela läs_(?:också|mer) les_også paylaş tüm_hakları_saklıdır شارك(?:_المقال)?
    جميع_الحقوق_محفوظة اقرأ_(?:أيضا|أيضاً|المزيد) 分享(?:到|至)?.{,12} 举报(?:/反馈)? 返回搜狐.{,10}
    扫描二维码.{,20} 扫码关注.{,20} 登录后.{,10} 点击(?:这里|此处|下方|查看).{,20} 查看更多 フォローする シェアする
    この記事をシェア.{,6} 続きを読む 詳しくはこちら lineで送る 共有する 広告 関連記事 공유하기 더_보기
    무단_?전재.{,20} 관련_?기사
    click_here_(?:to_(?:read|subscribe|sign|continue|see|view|watch|join|register|follow)|for_(?:more|our|all))\\b[^.!?]{,90}[.!?]?
    sponsored_stor(?:y|ies) be_the_first_to_comment
    log_in_to_(?:comment|reply|post).{,20} comments? kommentare? commentaires? comentarios? commenti comentários
    reacties комментарии mehr_aus_(?:dem|der)_(?:ressort|rubrik)_\\w+
"""
# Before a colon, and what follows is a headline, a name, a date: no sentence.
LABELLED = """
    read_(?:more|also|next|on) also_read related(?:_(?:story|stories|article|articles|news))? see_also
    watch(?:_also|_now)? listen more_on_this(?:_story)? don[’']t_miss must_read up_next tags? topics? filed_under
    categor(?:y|ies) labels image(?:s|_credits?|_source)? photos?(?:_credits?|_by)? picture(?:_credit)? pic
    credits?(?:_photo)? our_standards last_(?:updated|modified) updated(?:_on)? published(?:_on)? posted(?:_on)?
    share(?:_this)? lesen_sie(?:_auch|_dazu|_mehr|_hier)+ lies_auch mehr_(?:zum_thema|dazu|lesen) auch_interessant
    siehe_auch schlagw(?:orte|örter) themen quellen? bild(?:er|quelle)? fotos? stand aktualisiert veröffentlicht
    lesezeit à_lire(?:_aussi|_également)? lire_(?:aussi|également) voir_aussi crédits?(?:_photos?)? mots-clés
    publié_le mis_à_jour lea_(?:también|además|más) lee_(?:también|además|más) leer_(?:también|más)
    te_(?:puede|podría)_interesar mira_también etiquetas imagen fuente leggi_anche guarda_anche foto
    leia_(?:também|mais) veja_(?:também|mais) saiba_mais lees_(?:ook|meer) bekijk_ook lees_verder
    читайте_(?:также|ещё|еще) смотрите_также источник теги фото czytaj_(?:także|też|również|więcej)
    zobacz_(?:także|też|również) läs_(?:också|mer) les_også اقرأ_(?:أيضا|أيضاً|المزيد) شاهد_(?:أيضا|أيضاً) baca_juga
    ayrıca_oku ilgili_haber xem_thêm 相关(?:阅读|新闻|报道|链接) 相關(?:閱讀|新聞|報導) 延伸(?:阅读|閱讀) 责任编辑
    責任編輯 编辑 編輯 责编 来源 來源 あわせて読みたい 関連記事 関連 관련_?기사 photograph pour_aller_plus_loin
    para_saber_más topics_in_this_(?:article|story)
"""
# Before a date, and nothing else.
DATED = """
    published(?:_on)? posted(?:_on)? updated(?:_on)? last_updated(?:_on)? stand aktualisiert(?:_am)?
    veröffentlicht(?:_am)? publié_le mis_à_jour_le publicado(?:_e[lm])? actualizado(?:_e[lm])? pubblicato_il
    gepubliceerd(?:_op)? опубликовано
"""
# How a line begins that asks its reader for something, or says what the page does.
BEGINNINGS = """
    this_(?:web)?site_(?:uses_cookies(?:_to\\b|_and\\b|_for\\b|\\W*$)|is_protected_by) our_(?:web)?site_uses_cookies
    follow_us_on follow_(?:him|her|them)_on_(?:twitter|x|instagram|facebook|linkedin)\\b we_use_cookies
    by_(?:continuing|clicking|signing_up|registering|subscribing|submitting|using_this)_.{,80}\\byou_(?:agree|accept|consent)
    we_may_earn_.{,30}commission when_you_(?:buy|purchase|click)_.{,60}commission your_browser_does_not
    enable_javascript please_enable_(?:javascript|cookies) something_went_wrong turn_on_notifications
    become_a_(?:member|subscriber|patron)_(?:today|now|and|of_our) start_your_free_trial
    get_our_(?:free_)?(?:\\w+_)?(?:app|newsletter) download_(?:our|the_\\w+)_app\\b visit_our_(?:homepage|website)
    you_must_be_logged_in i_would_like_to_receive_e-?mails already_a_(?:subscriber|member) email_\\S+@ e-mail_\\S+@
    contact_(?:the_)?(?:author|writer|reporter|editor|us)\\b.{,40}@ write_to_us_at
    got_a_(?:tip|story|question|news)\\b.{,80}@ have_you_got_a_(?:tip|story)\\b.{,80}@
    do_you_have_.{,60}(?:@|\\?_(?:e-?mail|contact|get_in_touch|write|let_us_know)) have_you_got_a_story
    what_do_you_think\\?_.{,60}comments have_your_say this_article_is_for_(?:subscribers|members)
    you_can_(?:also_)?(?:follow|find)_(?:us|me)_on diese_(?:web)?(?:site|seite)_(?:verwendet|nutzt|benutzt)_cookies
    wir_(?:verwenden|nutzen)_cookies
    mit_(?:der|ihrer)_(?:anmeldung|nutzung|registrierung)_(?:stimmen|akzeptieren|erklären)_sie lesen_sie_hier
    hier_(?:geht_es|geht[’']s|finden_sie|lesen_sie|klicken)_ laden_sie_(?:sich_)?(?:unsere|jetzt|die)_.{,20}app
    klicken_sie_hier sie_müssen_(?:angemeldet|eingeloggt) diskutieren_sie_mit
    haben_sie_(?:hinweise|fragen|anregungen|einen_fehler)_?\\? unterstützen_sie_(?:unabhängigen|uns\\b|unsere)
    dieser_artikel_ist_nur_für möchten_sie_nichts_(?:mehr_)?verpassen
    folgen_sie_(?:uns|der|dem)_.{,40}(?:facebook|instagram|twitter|whatsapp|x\\b|youtube) folgt_uns
    jetzt_(?:newsletter|abo)_ ce_site_utilise nous_utilisons_des_cookies cliquez_ici
    télécharge[rz]_(?:notre|l[’']appli) recevez_(?:chaque|tous|toute|nos|notre|gratuitement|les_alertes)
    suivez-(?:nous|le|la)_ abonnez-vous_pour il_vous_reste_\\d+ connectez-vous article_réservé_aux
    retrouvez_(?:tou[ts]e?s?|notre|nos)_.{,60}(?:site|appli) rejoignez-?_?(?:nous_sur|notre)
    este_sitio_(?:web_)?(?:utiliza|usa)_cookies utilizamos_cookies haz_clic_aquí
    descarga_(?:nuestra|la)_(?:aplicación|app) recibe_(?:las|nuestr|todas) síguenos_(?:en|a)_ inicia_sesión
    contenido_exclusivo únete_a_nuestr puedes_seguir_a_.{,60}(?:facebook|x\\b|twitter)
    questo_sito_(?:web_)?(?:utilizza|usa) clicca_qui scarica_(?:la_nostra|l[’']app) seguici_(?:su|anche) accedi_per
    resta_(?:sempre_)?aggiornat unisciti_al_nostro este_site_(?:usa|utiliza) clique_aqui
    baixe_(?:o_nosso|nosso|o_app) siga-nos siga_(?:o|a)_.{,40}(?:facebook|instagram|twitter|x\\b) faça_(?:o_)?login
    entre_no_(?:nosso_)?(?:canal|grupo) conteúdo_exclusivo receba_(?:as|nossas|notícias) deze_(?:web)?site_gebruikt
    klik_hier download_(?:onze|de)_.{,12}app volg_(?:ons|het|de)_.{,40}(?:facebook|instagram|twitter|x\\b)
    schrijf_je_in_voor log_in_om alleen_voor_abonnees этот_сайт_использует нажмите_здесь скачайте_(?:наше|мобильное)
    войдите,_чтобы нашли_(?:ошибку|опечатку) подпишитесь_на подписывайтесь_на читайте_(?:нас|наши) больше_новостей_в
    ta_strona_używa kliknij_tutaj pobierz_(?:naszą|aplikację) zapisz_się_(?:do|na)_.{,20}newsletter obserwuj_nas
    اشترك_في_(?:نشرتنا|قناتنا) تابعونا_على تابعوا_.{,40}على يستخدم_هذا_الموقع انقر_هنا حمل_تطبيق انضم_إلى_قنات
    订阅我们 关注我们的 关注.{2,20}(?:公众号|微信号) 本网站使用 本站使用 下载我们的 版权所有 版权声明 未经授权
    声明[:：].{,40}仅代表 免责声明 メールマガジン.{,20}(?:登録|こちら) ニュースレター.{,20}(?:登録|こちら)
    当サイトは.{,12}cookie アプリをダウンロード 無断転載 コメントを投稿するには この記事は有料会員 twitterでフォロー
    xでフォロー facebookでフォロー 뉴스레터를_구독 페이스북에서_팔로우 이_사이트는_쿠키 앱을_다운로드 로그인_후_
    기사_?제보 저작권자_ 카카오톡에서_.{,30}채널 제보는_카카오톡 read_the_full_\\w+(?:_\\w+)?_(?:here|below)\\b
    like_us_on please_consider_(?:supporting|donating|subscribing) subscribe_(?:now|today)\\b
    want_more_.{,30}\\?_subscribe don[’']t_miss_.{,40}subscribe for_more_stories_like_this
    to_comment_on_this_(?:story|article) comments_are_(?:moderated|closed|disabled) get_(?:the_day.s_)?top_stories
    share_this_(?:story|article)_with find_us_on sign_up_(?:here|now|today|to_our|for_our) want_to_receive_more
    never_miss_(?:a|an)_(?:story|article|episode) join_the_conversation we_value_your_privacy
    a_version_of_this_(?:article|story|review|column|essay)_(?:also_)?(?:appear|was_published|ran)
    read_our_(?:privacy|cookie|community) email_(?:the|our|us)\\b.{,40}@ alles_wichtige_(?:direkt_)?auf
    suivez_toute_l sigue_toda_la sigue_a_.{,40}_en_(?:facebook|x\\b|twitter)
"""
# Anywhere in a short line.
WITHIN = """
    (?:©|\\(c\\)|copyright_(?:©_)?(?:19|20)\\d\\d).{,120}all_rights_reserved ^\\W*all_rights_reserved
    all_rights_reserved\\W*$ may_not_be_(?:published|reproduced|republished),_
    (?:we|i)_(?:may|might|can|could)_(?:also_)?earn_an?_(?:\\w+_)?commission protected_by_recaptcha
    can_be_reached_at_\\S+@ follow_(?:him|her|them)_on_(?:twitter|x|instagram|facebook)\\b riproduzione_riservata
    (?:please|if_you_can,)_consider_(?:making_a_(?:\\w+_)?donation|donating|becoming_a_(?:member|subscriber))
    consider_supporting_(?:our|us|independent)\\b
    무단_?전재 無断転載 未经授权.{,6}不得 [가-힣]{2,4}_기자_\\S+@\\S+ ^\\W*©[^.]{,60}$
"""
# What each of these holds.
RARE = """
    reserved © published reproduced republished commission recaptcha reached follow consider riservata 무단 無断転載
    未经授权 기자
"""
